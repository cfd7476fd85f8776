using System.Security.Cryptography;

namespace Exporter.AppHost;

/// <summary>What operators look for on disk: the folder that <c>file://</c> exports write under, the token of AdminService, and what the S3 store keeps.</summary>
internal sealed record OperatorFiles(string Objects, string AdminToken, string Store)
{
    private const int TokenBytes = 32;

    /// <summary>Makes what is missing.</summary>
    /// <param name="folder">Where, from the project's folder.</param>
    /// <param name="projectFolder">The project's folder.</param>
    public static OperatorFiles In(string folder, string projectFolder)
    {
        var data = Path.GetFullPath(folder, projectFolder);
        var files = new OperatorFiles(Path.Combine(data, "objects"), Path.Combine(data, "admin.token"), Path.Combine(data, "volumes", "s3-data"));
        Directory.CreateDirectory(files.Objects);
        if (!File.Exists(files.AdminToken))
            WriteToken(files.AdminToken);
        return files;
    }

    private static void WriteToken(string path)
    {
        var draft = $"{path}.{Guid.NewGuid():N}";
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using (var file = new StreamWriter(draft, options))
            file.WriteLine(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(TokenBytes)));
        File.Move(draft, path);
    }
}
