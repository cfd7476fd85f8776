using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Exporter.TestKit.Processes;

/// <summary>Signals to one process, by its id.</summary>
public static class Signals
{
    /// <summary>What a shell and .NET give as exit code of a process that SIGKILL ended.</summary>
    public const int KilledExitCode = 128 + 9;

    private const int Quit = 3;
    private const int Kill = 9;
    private const int Terminate = 15;
    private const int Continue = 18;
    private const int Stop = 19;

    /// <summary>Asks a process to stop.</summary>
    /// <exception cref="Win32Exception">There is no such process.</exception>
    public static void SendTerminate(int processId) => SendOrThrow(processId, Terminate);

    /// <summary>SIGQUIT: PostgreSQL's immediate stop.</summary>
    /// <exception cref="Win32Exception">There is no such process.</exception>
    public static void SendQuit(int processId) => SendOrThrow(processId, Quit);

    /// <summary>SIGKILL; a process that has just ended by itself is left in peace.</summary>
    public static void SendKill(int processId) => _ = Send(processId, Kill);

    /// <summary>SIGSTOP: the process stands still, its connections stay open.</summary>
    /// <exception cref="Win32Exception">There is no such process.</exception>
    public static void SendStop(int processId) => SendOrThrow(processId, Stop);

    /// <summary>SIGCONT: it goes on.</summary>
    /// <exception cref="Win32Exception">There is no such process.</exception>
    public static void SendContinue(int processId) => SendOrThrow(processId, Continue);

    private static void SendOrThrow(int processId, int signal)
    {
        if (Send(processId, signal) != 0)
            throw new Win32Exception(Marshal.GetLastPInvokeError());
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int processId, int signal);
}
