namespace Aspire.Hosting.Engine.Data;

/// <summary>Generated values, each in a file that only its owner reads.</summary>
internal sealed class KeptValues(string dataFolder)
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private readonly string folder = Path.Combine(dataFolder, "parameters");

    public string GetOrAdd(string name, Func<string> make)
    {
        var file = Path.Combine(folder, name);
        if (!File.Exists(file))
            Keep(file, make());
        return File.ReadAllText(file);
    }

    private void Keep(string file, string value)
    {
        DataFolder.Make(dataFolder);
        Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
        var draft = $"{file}.{Guid.NewGuid():N}";
        using (var stream = new FileStream(draft, new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = OwnerOnly }))
        using (var writer = new StreamWriter(stream))
            writer.Write(value);
        File.Move(draft, file);
    }
}
