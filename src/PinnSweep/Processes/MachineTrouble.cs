using System.ComponentModel;
using System.Data.Common;
using System.Net.Sockets;
using PinnSweep.Storage.Databases;

namespace PinnSweep.Processes;

/// <summary>
/// Failures of the machine (a full disk, a folder that went away, a missing library) in words for whoever can mend them. They are no
/// defects, wherever they escape: this is the last boundary before <see cref="DefectReport"/>, for places that have nothing better to say.
/// </summary>
internal static class MachineTrouble
{
    // errno of Linux, which .NET puts into IOException.HResult as it is.
    private const int NotPermitted = 1;
    private const int InputOutput = 5;
    private const int NotFound = 2;
    private const int BadFormat = 8;
    private const int NoMemory = 12;
    private const int NoAccess = 13;
    private const int TooManyFilesOfSystem = 23;
    private const int TooManyFiles = 24;
    private const int NoSpace = 28;
    private const int ReadOnly = 30;
    private const int Stale = 116;
    private const int Quota = 122;

    /// <summary>The cause and the way out; null where the failure is none of the machine's.</summary>
    public static string? Explain(Exception failure)
    {
        for (Exception? cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is AggregateException several)
            {
                return several.InnerExceptions.Select(Explain).FirstOrDefault(words => words is not null);
            }

            if (Words(cause) is { } words)
            {
                return words;
            }
        }

        return null;
    }

    private static string? Words(Exception failure) => failure switch
    {
        DbException database => StoreTrouble.Of("the store", database)?.Words,
        UnauthorizedAccessException => $"{failure.Message.TrimEnd('.')}: check who owns it and its permissions",
        FileNotFoundException { FileName: { } name } when !Path.IsPathRooted(name) => $"a file of the program is missing ({name}): delete the artifacts folder and build again, or install it again",
        FileNotFoundException or DirectoryNotFoundException => Directory.Exists(Path.GetTempPath())
            ? $"{failure.Message.TrimEnd('.')}: was it taken away while it was needed? Put it back"
            : $"the folder for temporary files, {Path.GetTempPath()}, does not exist: make it, or set TMPDIR to one that does",
        IOException => FileSystem((IOException)failure),
        DllNotFoundException or BadImageFormatException => $"a library of the program cannot be loaded ({FirstLine(failure)}): pinnsweep doctor says what is missing",
        OutOfMemoryException => "the machine has no memory left for it: run with fewer --slots, or end other programs",
        SocketException => $"the network refused ({failure.Message}): check host, port, and what a sandbox or firewall permits",
        Win32Exception { NativeErrorCode: NotFound or NoAccess or BadFormat } program => $"a program could not be started ({program.Message}): check that it is there, executable, made for this machine, and that its disk is not mounted with noexec",
        Win32Exception program => $"a program could not be started ({program.Message}): check memory and the limit of processes (ulimit -u)",
        _ => null,
    };

    private static string? FileSystem(IOException failure) => failure.HResult switch
    {
        NoSpace => $"no space is left on the disk ({failure.Message}): make room; logs, reports and temporary files may go",
        Quota => $"your quota of the disk is used up ({failure.Message}): make room",
        ReadOnly => $"the disk is mounted read-only ({failure.Message}): name another folder, or mount it for writing",
        TooManyFiles or TooManyFilesOfSystem => $"too many files are open ({failure.Message}): raise the limit (ulimit -n)",
        NoMemory => $"the machine has no memory left for it ({failure.Message}): run with fewer --slots, or end other programs",
        InputOutput or Stale => $"the disk does not answer as it should ({failure.Message}): see the system's log",
        NotPermitted => $"{failure.Message}: check who owns it and its permissions",
        // Sockets and pipes come wrapped.
        _ => failure.InnerException is SocketException socket ? Words(socket) : $"reading or writing failed ({failure.Message}): see whether the file or the other end is still there",
    };

    private static string FirstLine(Exception failure) => failure.Message.Split('\n')[0];
}
