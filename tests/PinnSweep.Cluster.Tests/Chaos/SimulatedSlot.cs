using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Akka.Actor;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;
using static PinnSweep.Cluster.Working.SlotMessages;

namespace PinnSweep.Cluster.Tests.Chaos;

/// <summary>Where simulated slots keep checkpoints and results: by content, as the real store does, and safe from every crash.</summary>
internal sealed class SimulatedBlobs
{
    private readonly ConcurrentDictionary<string, string> _blobs = new(StringComparer.Ordinal);

    public string Put(string content)
    {
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(content)));
        _blobs[hash] = content;
        return hash;
    }

    public string Get(string hash) => _blobs[hash];
}

/// <summary>
/// A slot under the real worker that trains nothing: a chain of numbers from the trial's key, a checkpoint every few links, and the fate
/// that the key's first letter says (one in eight always crashes). Its result is the chain's end, so a lost or doubled step shows.
/// </summary>
internal sealed class SimulatedSlot : ReceiveActor, IWithTimers
{
    public const int Steps = 12;

    private readonly SimulatedBlobs _blobs;
    private AttemptId? _attempt;
    private int _step;
    private ulong _value;

    public SimulatedSlot(SimulatedBlobs blobs, TimeSpan pace)
    {
        _blobs = blobs;
        Receive<Train>(train =>
        {
            _attempt = train.Start.Attempt;
            (_step, _value) = train.Start.ResumeFrom is { } checkpoint ? Read(blobs.Get(checkpoint.Blob)) : (0, Seed(_attempt.Value.Key));
            Timers.StartPeriodicTimer("step", Step.Instance, pace, pace);
        });
        Receive<Step>(_ => _attempt is not null, _ => Advance());
        Receive<Step>(_ => { });
        Receive<StopTraining>(stop =>
        {
            if (_attempt is { } attempt)
            {
                Checkpoint(attempt);
                End(new ReportContent.Released(stop.Reason));
            }
        });
        Receive<Abandon>(abandon =>
        {
            if (_attempt == abandon.Attempt)
            {
                _attempt = null;
                Timers.Cancel("step");
            }
        });
    }

    public ITimerScheduler Timers { get; set; } = null!;

    /// <summary>What an uninterrupted run gives.</summary>
    public static string Expected(TrialKey key) => Text(Steps, Enumerable.Range(0, Steps).Aggregate(Seed(key), (value, _) => Next(value)));

    public static bool IsPoison(TrialKey key) => key.Hex[0] is '0' or '1';

    private void Advance()
    {
        var attempt = _attempt!.Value;
        if (IsPoison(attempt.Key) && _step == Steps / 2)
        {
            End(new ReportContent.Faulted(new(FaultKind.Crash, "exit code 139", "simulated")));
            return;
        }

        _value = Next(_value);
        _step++;
        if (_step == Steps)
        {
            var blob = _blobs.Put(Text(_step, _value));
            End(new ReportContent.Finished(new(blob, 1, Outcome.Converged, _step, 0.5, 1)));
        }
        else if (_step % 4 == 0)
        {
            Checkpoint(attempt);
        }
        else
        {
            Context.Parent.Tell(new Progressed(attempt, new(_step, _step, Steps, 1, 0.5, 100)));
        }
    }

    private void Checkpoint(AttemptId attempt) =>
        Context.Parent.Tell(new Reported(attempt, new ReportContent.Checkpointed(new(_blobs.Put(Text(_step, _value)), 1, _step))));

    private void End(ReportContent content)
    {
        Context.Parent.Tell(new Reported(_attempt!.Value, content));
        _attempt = null;
        Timers.Cancel("step");
    }

    private static (int Step, ulong Value) Read(string text)
    {
        var parts = text.Split(' ');
        return (int.Parse(parts[0], CultureInfo.InvariantCulture), ulong.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    private static string Text(int step, ulong value) => string.Create(CultureInfo.InvariantCulture, $"{step} {value}");

    private static ulong Seed(TrialKey key) => Convert.ToUInt64(key.Hex[..16], 16);

    private static ulong Next(ulong value) => unchecked((value * 6364136223846793005UL) + 1442695040888963407UL);

    private sealed record Step : INoSerializationVerificationNeeded
    {
        public static Step Instance { get; } = new();
    }
}
