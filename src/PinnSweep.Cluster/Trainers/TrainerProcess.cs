using System.Diagnostics;
using System.Text.Json;
using PinnSweep.Cluster.Machines;
using PinnSweep.Studies.Contents;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Cluster.Trainers;

/// <summary>
/// The one client of the trainer's protocol: a child process, the commands to it, and what it says and how it ends as signals. Its two
/// output streams are read by threads of their own: reading a pipe blocks, and blocked pool threads would starve the cluster's heartbeats.
/// </summary>
public sealed class TrainerProcess : ITrainer
{
    /// <summary>Lines of its standard error that the end tells: the last words of a crash, and few enough for a message.</summary>
    public const int DefaultErrorLines = 30;

    private readonly Process _process;
    private readonly Action<TrainerSignal> _signal;
    private readonly Queue<string> _errors = new();
    private readonly long _outOfMemoryKillsBefore = KernelOutOfMemoryKills();
    private readonly Thread _errorReader;
    private readonly int _errorLines;

    private TrainerProcess(Process process, Action<TrainerSignal> signal, int errorLines)
    {
        _process = process;
        _signal = signal;
        _errorLines = errorLines;
        Id = process.Id;

        // A grandchild may hold it open beyond the process, which no longer knows it then.
        var errors = process.StandardError;
        _errorReader = new(() => ReadErrors(errors)) { IsBackground = true, Name = $"trainer {Id} errors" };
    }

    /// <inheritdoc/>
    public int Id { get; }

    /// <inheritdoc/>
    public int Company => 1;

    /// <summary>Starts a trainer.</summary>
    /// <param name="launch">How.</param>
    /// <param name="signal">Told of each signal, one after the other, on a thread of the process.</param>
    /// <param name="errorLines">How many of the last lines of its standard error its end tells.</param>
    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be executed.</exception>
    public static TrainerProcess Start(TrainerLaunch launch, Action<TrainerSignal> signal, int errorLines = DefaultErrorLines)
    {
        var trainer = new TrainerProcess(launch.Reserve?.Take(launch) ?? ChildProcesses.Start(launch.StartInfo()), signal, errorLines);
        trainer._errorReader.Start();
        new Thread(trainer.ReadOutput) { IsBackground = true, Name = $"trainer {trainer.Id} output" }.Start();
        return trainer;
    }

    /// <summary>Reads the result that a trainer has told.</summary>
    /// <exception cref="InvalidDataException">It is no result.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static async Task<TrialResult> ReadResultAsync(TrainerProtocol.Finished finished, CancellationToken cancel)
    {
        var result = PackedResult.Open(await File.ReadAllBytesAsync(finished.Path, cancel));
        return result is { Curve.IsDefaultOrEmpty: false } ? result : throw new InvalidDataException("a result without a curve");
    }

    /// <inheritdoc/>
    public bool Send(TrainerProtocol.Command command)
    {
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(command, TrainerProtocol.Json));
            _process.StandardInput.Flush();
            return true;
        }
        catch (Exception gone) when (gone is IOException or InvalidOperationException)
        {
            // The pipe broke, or the process object was closed behind its end; it then has no input any more.
            return false;
        }
    }

    /// <inheritdoc/>
    public TimeSpan WaitedForProcessor() => ProcessorWait.Of(Id);

    /// <inheritdoc/>
    public void Discard() => Kill();

    /// <inheritdoc/>
    public void Kill()
    {
        try
        {
            ChildProcesses.Kill(_process);
        }
        catch (Exception gone) when (gone is InvalidOperationException or System.ComponentModel.Win32Exception)
        {
            // It ended by itself.
        }
    }

    private void ReadOutput()
    {
        var resident = 0L;
        try
        {
            while (_process.StandardOutput.ReadLine() is { } line)
            {
                _signal(Parse(line));
                resident = Math.Max(resident, FreeMemory.ResidentBytes(Id));
            }
        }
        catch (IOException)
        {
            // The pipe broke: the end follows.
        }

        _process.WaitForExit();
        _errorReader.Join(TimeSpan.FromSeconds(1));
        var exitCode = _process.ExitCode;
        _process.Dispose();
        _signal(new TrainerSignal.Ended(exitCode, LastErrors(), KernelOutOfMemoryKills() > _outOfMemoryKillsBefore, resident));
    }

    private static TrainerSignal Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainerProtocol.Event>(line, TrainerProtocol.Json) is { } said
                ? new TrainerSignal.Said(said)
                : new TrainerSignal.Garbled(line);
        }
        catch (Exception garbled) when (garbled is JsonException or NotSupportedException)
        {
            return new TrainerSignal.Garbled(line);
        }
    }

    private void ReadErrors(StreamReader errors)
    {
        try
        {
            while (errors.ReadLine() is { } line)
            {
                lock (_errors)
                {
                    _errors.Enqueue(line);
                    if (_errors.Count > _errorLines)
                    {
                        _errors.Dequeue();
                    }
                }
            }
        }
        catch (Exception closed) when (closed is IOException or ObjectDisposedException)
        {
            // What was read is kept.
        }
    }

    private string LastErrors()
    {
        lock (_errors)
        {
            return string.Join('\n', _errors);
        }
    }

    /// <summary>How often the kernel has killed for memory since it booted; a rise tells such a SIGKILL from any other.</summary>
    private static long KernelOutOfMemoryKills()
    {
        const string Name = "oom_kill ";
        try
        {
            var line = File.ReadLines("/proc/vmstat").FirstOrDefault(line => line.StartsWith(Name, StringComparison.Ordinal));
            return line is not null && long.TryParse(line.AsSpan(Name.Length), out var count) ? count : 0;
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }
}
