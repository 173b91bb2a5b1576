using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using PinnSweep.Studies.Trials;
using static PinnSweep.Studies.Messages.TrainerProtocol;

namespace PinnSweep.FakeTrainer;

/// <summary>
/// Steps a counter and a running hash of the trial's key in place of a training, so that a resumed trial ends with the digits of an
/// uninterrupted one if and only if its checkpoint came back whole. The budget is no part of the key that is hashed: with more steps the
/// same trial goes on.
/// </summary>
internal sealed class Trainer(Action<string> writeLine, Action<Event> say)
{
    private readonly ManualResetEventSlim _wake = new();
    private readonly Queue<Command> _commands = new();
    private readonly ManualResetEventSlim _closed = new();
    private bool _isClosed;

    public void Run()
    {
        while (Next() is { } command)
        {
            if (command is Train train)
            {
                Train(train);
            }
        }
    }

    private void Train(Train train)
    {
        var description = TrialDescription.Parse(train.Description);
        var script = Script.Of(description);
        var total = description.Budget.Steps!.Value;
        var (step, value, start) = train.ResumeFrom is null
            ? (0, Seed(description.WithSteps(1).Key()), 0)
            : Restore(File.ReadAllText(train.ResumeFrom));
        var sinceCheckpoint = Stopwatch.StartNew();
        var sinceProgress = Stopwatch.StartNew();
        while (step < total)
        {
            if (script.Strikes(train.Attempt, step) && !Suffer(script, train, step))
            {
                return;
            }

            value = Advance(value);
            step++;
            if (script.PauseMilliseconds > 0)
            {
                _wake.Wait(script.PauseMilliseconds);
            }

            if (sinceCheckpoint.Elapsed.TotalSeconds >= train.CheckpointSeconds)
            {
                Checkpoint(train, step, value, start);
                sinceCheckpoint.Restart();
            }

            if (sinceProgress.Elapsed.TotalSeconds >= train.ProgressSeconds)
            {
                Say(new Progress(train.Attempt, step, step, total, 1, Error(value), 1000));
                sinceProgress.Restart();
            }

            switch (Peek())
            {
                case Stop:
                    Checkpoint(train, step, value, start);
                    Say(new Stopped(train.Attempt, step));
                    return;
                case Closed:
                    Environment.Exit(0);
                    break;
            }
        }

        if (train.KeepsFinal)
        {
            Checkpoint(train, step, value, start);
        }

        Finish(train, description, step, value, start);
    }

    private static KeptFile End(Train train, int step, ulong value, int start)
    {
        var bytes = State(step, value, start);
        var path = Path.Combine(train.Folder, "end.checkpoint");
        File.WriteAllBytes(path, bytes);
        return new(path, Hash(bytes), bytes.Length);
    }

    /// <summary>True when the training goes on afterwards.</summary>
    private bool Suffer(Script script, Train train, int step)
    {
        ulong value = 0;
        switch (script.Fault)
        {
            case "exit":
                Console.Error.WriteLine($"about to leave at step {step}");
                Environment.Exit(3);
                break;
            case "abort":
                Process.Start("/bin/sh", ["-c", $"kill -ABRT {Environment.ProcessId}"]).WaitForExit();
                break;
            case "hang":
                // As the real one, it ends with its node all the same.
                _closed.Wait();
                Environment.Exit(0);
                break;
            case "spin":
                // Silent until it has had a third of a second of a processor, however long that takes.
                var had = Environment.CpuUsage.TotalTime;
                while (Environment.CpuUsage.TotalTime - had < TimeSpan.FromSeconds(0.3))
                {
                    value = Advance(value);
                }

                break;
            case "garbage":
                writeLine("{\"type\":\"nonsense\"");
                return false;
            case "fail":
                Say(new Failed(train.Attempt, "error", "the sky fell"));
                return false;
            case "oom":
                Say(new Failed(train.Attempt, "out-of-memory", "no room"));
                return false;
        }

        return true;
    }

    private void Finish(Train train, TrialDescription description, int step, ulong value, int start)
    {
        var script = Script.Of(description);
        var strikes = train.Attempt <= script.Times;
        var key = script.Fault == "wrong-trial" && strikes ? new TrialKey(new string('0', 64)) : description.Key();
        var result = new TrialResult(
            key,
            train.Description,
            Outcome.Converged,
            step,
            10,
            0.5,
            ["residual"],
            [new(step, 0.5, Error(value), 2 * Error(value), [1.0], [1.0]) { Metrics = ImmutableSortedDictionary<string, double>.Empty.Add(CurvePoint.ResidualL2, Error(value)) }],
            ImmutableSortedDictionary<string, int>.Empty.Add("started-at", start),
            new("commit", ImmutableSortedDictionary<string, string>.Empty, "machine", "fake", [], DateTimeOffset.UnixEpoch, DateTimeOffset.UnixEpoch) { WentOn = train.Continued });
        var path = Path.Combine(train.Folder, "result.json");
        var bytes = JsonSerializer.SerializeToUtf8Bytes(result, Json);
        File.WriteAllBytes(path, bytes);
        var hash = script.Fault == "hash" && strikes ? new string('0', 64) : Hash(bytes);
        Say(new Finished(train.Attempt, path, hash, bytes.Length, Outcome.Converged, step, Error(value), 0.5) { End = train.KeepsEnd ? End(train, step, value, start) : null });
    }

    private void Checkpoint(Train train, int step, ulong value, int start)
    {
        var path = Path.Combine(train.Folder, string.Create(CultureInfo.InvariantCulture, $"{step}.checkpoint"));
        var bytes = State(step, value, start);
        File.WriteAllBytes(path, bytes);
        Say(new Checkpointed(train.Attempt, step, path, Hash(bytes), bytes.Length));
    }

    private static byte[] State(int step, ulong value, int start) => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{step} {value} {start}"));

    /// <summary>The result tells where its last attempt began, so a test can see that a checkpoint was used.</summary>
    private static (int Step, ulong Value, int Start) Restore(string text)
    {
        var parts = text.Split(' ');
        var step = int.Parse(parts[0], CultureInfo.InvariantCulture);
        return (step, ulong.Parse(parts[1], CultureInfo.InvariantCulture), step);
    }

    private static ulong Seed(TrialKey key) => Convert.ToUInt64(key.Hex[..16], 16);

    private static ulong Advance(ulong value) => unchecked((value * 6364136223846793005UL) + 1442695040888963407UL);

    private static double Error(ulong value) => (value >> 11) * Math.Pow(2, -53);

    private static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private void Say(Event said) => say(said);

    public void Close()
    {
        lock (_commands)
        {
            _isClosed = true;
            _wake.Set();
            _closed.Set();
        }
    }

    public void Put(Command command)
    {
        lock (_commands)
        {
            _commands.Enqueue(command);
            _wake.Set();
        }
    }

    private Command? Next()
    {
        while (true)
        {
            _wake.Wait();
            lock (_commands)
            {
                if (_commands.TryDequeue(out var command))
                {
                    return command;
                }

                if (_isClosed)
                {
                    return null;
                }

                _wake.Reset();
            }
        }
    }

    private Command? Peek()
    {
        lock (_commands)
        {
            if (_commands.TryDequeue(out var command))
            {
                return command;
            }

            if (_isClosed)
            {
                return new Closed();
            }

            _wake.Reset();
            return null;
        }
    }

    private sealed record Closed : Command;
}
