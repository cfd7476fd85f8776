using Compat.Processes;

namespace DotNet.Testcontainers.Engine;

/// <summary>What this process has for all its containers. A watchdog ends everything when the process is gone, killed or not.</summary>
internal sealed class Session
{
    private static readonly Lazy<Session> Only = new(() => new Session());
    private readonly Lock taking = new();
    private readonly FreePorts ports = new();

    private Session()
    {
        Folder = Directory.CreateTempSubdirectory("testcontainers-").FullName;
        Open(Folder);
        Watchdog = new(Id, Folder);
    }

    public static Session Current => Only.Value;

    public string Id { get; } = Guid.NewGuid().ToString("N")[..12];

    public string Folder { get; }

    public Watchdog Watchdog { get; }

    /// <summary>Makes a folder for one container.</summary>
    public string MakeFolder(string name)
    {
        var folder = Path.Combine(Folder, name);
        Directory.CreateDirectory(folder);
        Open(folder);
        return folder;
    }

    public int TakePort()
    {
        lock (taking)
            return ports.Take();
    }

    // Others may pass through it, since a server may run as another user, but not look around.
    private static void Open(string folder) => File.SetUnixFileMode(
        folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute);
}
