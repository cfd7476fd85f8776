using System.Runtime.InteropServices;

namespace Compat.Processes;

/// <summary>Signals, by number.</summary>
internal enum Signal
{
    Interrupt = 2,
    Kill = 9,
    Terminate = 15,
    Continue = 18,
    Stop = 19,
}

/// <summary>Sends signals.</summary>
internal static class Signals
{
    /// <summary>To one process; false when it is gone.</summary>
    public static bool ToProcess(int id, Signal signal) => Send(id, (int)signal) == 0;

    /// <summary>To a process group; false when nobody is in it.</summary>
    public static bool ToGroup(int id, Signal signal) => Send(-id, (int)signal) == 0;

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Send(int process, int signal);
}
