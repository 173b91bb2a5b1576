using System.Diagnostics;
using System.Text.Json;
using PinnSweep.Cluster.Machines;
using PinnSweep.Studies.TrainerProtocol;

namespace PinnSweep.Cluster.Trainers;

/// <summary>What a trainer process lets its owner know. Each carries the process, so that an owner who replaced it can tell.</summary>
internal abstract record TrainerSignal(TrainerProcess From)
{
    /// <summary>It said something.</summary>
    public sealed record Said(TrainerProcess From, TrainerProtocol.Event Event) : TrainerSignal(From);

    /// <summary>It said something that is no message of the protocol.</summary>
    public sealed record Garbled(TrainerProcess From, string Line) : TrainerSignal(From);

    /// <summary>It ended; nothing comes after this. The memory is the most that was seen in it, 0 where none was.</summary>
    public sealed record Ended(TrainerProcess From, int ExitCode, string LastErrors, bool WasOutOfMemory, long ResidentBytes = 0) : TrainerSignal(From);
}

/// <summary>
/// A child process that speaks the trainer protocol. Its two output streams are read by threads of their own: reading a pipe blocks, and
/// blocked pool threads would starve the cluster's heartbeats.
/// </summary>
internal sealed class TrainerProcess
{
    private const int ErrorLinesKept = 30;

    private readonly Process _process;
    private readonly Action<TrainerSignal> _signal;
    private readonly Queue<string> _errors = new();
    private readonly long _outOfMemoryKillsBefore = KernelOutOfMemoryKills();
    private readonly Thread _errorReader;

    private TrainerProcess(Process process, Action<TrainerSignal> signal)
    {
        _process = process;
        _signal = signal;
        Id = process.Id;
        _errorReader = new(ReadErrors) { IsBackground = true, Name = $"trainer {Id} errors" };
    }

    /// <summary>The operating system's number for it.</summary>
    public int Id { get; }

    /// <exception cref="System.ComponentModel.Win32Exception">The file cannot be executed.</exception>
    public static TrainerProcess Start(TrainerLaunch launch, Action<TrainerSignal> signal)
    {
        var trainer = new TrainerProcess(ChildProcesses.Start(launch.StartInfo()), signal);
        trainer._errorReader.Start();
        new Thread(trainer.ReadOutput) { IsBackground = true, Name = $"trainer {trainer.Id} output" }.Start();
        return trainer;
    }

    /// <summary>Writes one command. A line is far shorter than the pipe's buffer, so this does not wait. False when the process is gone.</summary>
    public bool Send(TrainerProtocol.Command command)
    {
        try
        {
            _process.StandardInput.WriteLine(JsonSerializer.Serialize(command, TrainerProtocol.Json));
            _process.StandardInput.Flush();
            return true;
        }
        catch (Exception gone) when (gone is IOException or ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>How long it waited for a processor so far.</summary>
    public TimeSpan WaitedForProcessor() => ProcessorWait.Of(Id);

    public void Kill()
    {
        try
        {
            _process.Kill(entireProcessTree: true);
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
        _signal(new TrainerSignal.Ended(this, exitCode, LastErrors(), KernelOutOfMemoryKills() > _outOfMemoryKillsBefore, resident));
    }

    private TrainerSignal Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<TrainerProtocol.Event>(line, TrainerProtocol.Json) is { } said
                ? new TrainerSignal.Said(this, said)
                : new TrainerSignal.Garbled(this, line);
        }
        catch (Exception garbled) when (garbled is JsonException or NotSupportedException)
        {
            return new TrainerSignal.Garbled(this, line);
        }
    }

    private void ReadErrors()
    {
        try
        {
            while (_process.StandardError.ReadLine() is { } line)
            {
                lock (_errors)
                {
                    _errors.Enqueue(line);
                    if (_errors.Count > ErrorLinesKept)
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
