using System.Runtime.InteropServices;

namespace Exporter.S3Export.Files;

/// <summary>What .NET's file API can't say: rename without replacing, and making folders durable.</summary>
internal static partial class Posix
{
    public const int NotPermitted = 1;
    public const int NoEntry = 2;
    public const int AccessDenied = 13;
    public const int Exists = 17;
    public const int NotFolder = 20;
    public const int Invalid = 22;
    public const int NoSpace = 28;
    public const int ReadOnly = 30;
    public const int NameTooLong = 36;
    public const int NotImplemented = 38;
    public const int QuotaExceeded = 122;

    private const int CurrentFolder = -100;
    private const uint NoReplace = 1;
    private const int CloseOnExec = 0x80000;

    /// <summary>Gives a file its name unless the name is taken; atomic, whoever else tries at the same time.</summary>
    /// <returns>False when the name is taken.</returns>
    /// <exception cref="IOException">Anything else; HResult is the errno.</exception>
    public static bool TryRename(string from, string to)
    {
        if (RenameAt2(CurrentFolder, from, CurrentFolder, to, NoReplace) == 0)
            return true;

        var error = Marshal.GetLastPInvokeError();
        if (error is Invalid or NotImplemented)
            return TryLink(from, to);
        return error == Exists ? false : throw Failure("rename", to, error);
    }

    /// <summary>The same for file systems without renameat2.</summary>
    public static bool TryLink(string from, string to)
    {
        if (Link(from, to) != 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error == Exists ? false : throw Failure("link", to, error);
        }

        File.Delete(from);
        return true;
    }

    /// <summary>Returns when a file or a folder, with the names in it, is on disk.</summary>
    /// <exception cref="IOException">HResult is the errno.</exception>
    public static void Sync(string path)
    {
        var file = Open(path, CloseOnExec);
        if (file < 0)
            throw Failure("open", path, Marshal.GetLastPInvokeError());
        try
        {
            if (FileSync(file) != 0)
                throw Failure("fsync", path, Marshal.GetLastPInvokeError());
        }
        finally
        {
            _ = Close(file);
        }
    }

    /// <summary>A path without symbolic links, or null when it does not exist.</summary>
    /// <exception cref="IOException">HResult is the errno.</exception>
    public static string? RealPath(string path)
    {
        var resolved = ResolvePath(path, 0);
        if (resolved == 0)
        {
            var error = Marshal.GetLastPInvokeError();
            return error is NoEntry or NotFolder ? null : throw Failure("realpath", path, error);
        }

        try
        {
            return Marshal.PtrToStringUTF8(resolved);
        }
        finally
        {
            Free(resolved);
        }
    }

    private static IOException Failure(string call, string path, int error) =>
        new($"{call} failed at '{path}': {Marshal.GetPInvokeErrorMessage(error)}", error);

    [LibraryImport("libc", EntryPoint = "renameat2", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int RenameAt2(int fromFolder, string from, int toFolder, string to, uint flags);

    [LibraryImport("libc", EntryPoint = "link", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Link(string from, string to);

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int FileSync(int file);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int file);

    [LibraryImport("libc", EntryPoint = "realpath", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint ResolvePath(string path, nint into);

    [LibraryImport("libc", EntryPoint = "free")]
    private static partial void Free(nint memory);
}
