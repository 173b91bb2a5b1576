using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Runtime.ExceptionServices;
using PinnSweep.Studies.Messages;

namespace PinnSweep.Cluster.Trainers;

/// <summary>
/// Starts the processes that must not outlive this one. They ask the kernel to kill them when their parent ends (the trainer's ParentTie),
/// which reaches a stopped process too. To Linux the parent is the thread that started them: one of the pool goes when it has nothing to
/// do, and would take a trainer with it, so one thread that lasts as long as the process starts them all.
/// </summary>
public static class ChildProcesses
{
    private static readonly BlockingCollection<Request> Requests = [];
    private static readonly Lazy<Thread> Starter = new(() =>
    {
        var thread = new Thread(StartAll) { IsBackground = true, Name = "starts trainers" };
        thread.Start();
        return thread;
    });

    /// <summary>Starts a trainer with arguments, its three streams redirected.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be executed.</exception>
    public static Process StartTrainer(string path, params IEnumerable<string> arguments)
    {
        var info = new TrainerLaunch(path, new Dictionary<string, string>()).StartInfo();
        foreach (var argument in arguments)
        {
            info.ArgumentList.Add(argument);
        }

        return Start(info);
    }

    /// <summary>Starts a process that ends with this one.</summary>
    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be executed.</exception>
    public static Process Start(ProcessStartInfo info)
    {
        // Whoever ends before the child asked the kernel is found missing by its number.
        info.Environment[TrainerProtocol.ParentVariable] = Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        _ = Starter.Value;
        using var request = new Request(info);
        Requests.Add(request);
        request.Done.Wait();
        request.Failure?.Throw();
        return request.Process!;
    }

    /// <summary>Ends a process, and those that it started: a script may stand before the trainer.</summary>
    /// <exception cref="InvalidOperationException">It ended by itself.</exception>
    /// <exception cref="System.ComponentModel.Win32Exception">It ended meanwhile.</exception>
    public static void Kill(Process process) => process.Kill(entireProcessTree: HasChildren(process.Id));

    /// <summary>
    /// Whether a process has children, as the kernel lists them by thread. To look for them among all processes of a machine, as
    /// <see cref="Process.Kill(bool)"/> does, takes longer than many a short trial.
    /// </summary>
    private static bool HasChildren(int id)
    {
        try
        {
            return Directory.EnumerateDirectories(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/task"))
                .Any(thread => File.ReadAllText(Path.Combine(thread, "children")).Length > 0);
        }
        catch (Exception unknown) when (unknown is IOException or UnauthorizedAccessException)
        {
            // Not every kernel lists them, and a thread may end while one looks.
            return true;
        }
    }

    private static void StartAll()
    {
        foreach (var request in Requests.GetConsumingEnumerable())
        {
            try
            {
                request.Process = Process.Start(request.Info);
            }
            catch (Exception failure)
            {
                // Whatever it is, whoever asked is told, and the thread stays.
                request.Failure = ExceptionDispatchInfo.Capture(failure);
            }

            request.Done.Set();
        }
    }

    private sealed class Request(ProcessStartInfo info) : IDisposable
    {
        public ProcessStartInfo Info => info;

        public ManualResetEventSlim Done { get; } = new();

        public Process? Process { get; set; }

        public ExceptionDispatchInfo? Failure { get; set; }

        public void Dispose() => Done.Dispose();
    }
}
