using System.Diagnostics;
using PinnSweep.Cluster.Telemetry;
using PinnSweep.Studies.Messages;
using PinnSweep.Studies.Trials.Lifecycle;
using static PinnSweep.Cluster.Protocol.WorkerProtocol;

namespace PinnSweep.Cluster.Working;

/// <summary>
/// What a slot records of the attempt that it trains: the attempt as a whole, its training within, and within that what the trainer tells
/// of itself. All of it is nothing where the grant has no trace or this node records none.
/// </summary>
/// <param name="worker">The worker's name.</param>
internal sealed class SlotTrace(string worker)
{
    private AttemptId _about;
    private string? _granted;
    private Activity? _attempt;
    private Activity? _training;

    /// <summary>What reports about an attempt go on from; a node that records nothing passes the grant's on.</summary>
    public string? ParentOf(AttemptId attempt) => attempt == _about ? _attempt?.Id ?? _granted : null;

    /// <summary>The traceparent of the training; null where nobody records it.</summary>
    public string? Training => _training is { Recorded: true } ? _training.Id : null;

    public void Take(StartTrial start)
    {
        (_about, _granted) = (start.Attempt, start.TraceParent);
        _attempt = Spans.Begin(Spans.Attempt, start.TraceParent, start.Attempt, ActivityKind.Consumer)?.SetTag("pinnsweep.worker", worker);
    }

    /// <summary>The trainer is told what to train.</summary>
    public void BeginTraining(string engine, int fromStep) =>
        _training = Spans.Begin(Spans.Training, _attempt?.Id, _about)?.SetTag("pinnsweep.engine", engine).SetTag("pinnsweep.from_step", fromStep);

    public void EndTraining()
    {
        _training?.Dispose();
        _training = null;
    }

    /// <summary>A file moves to the store or from it, as part of the training while that runs. Disposing ends it.</summary>
    public Activity? Move(string name, string direction, long bytes) =>
        Spans.Begin(name, (_training ?? _attempt)?.Id, _about, ActivityKind.Client)?.SetTag("pinnsweep.direction", direction).SetTag("pinnsweep.bytes", bytes);

    /// <summary>What the trainer did.</summary>
    public void Note(TrainerProtocol.Part part) => Spans.Note(part.Name, _training?.Id, _about, part.From, part.To);

    /// <summary>How the attempt ended.</summary>
    public void NoteEnd(ReportContent content)
    {
        if (content is ReportContent.Faulted { Fault: var fault })
        {
            _training.Fail(fault.Message);
            _attempt.Fail($"{Labels.Word(fault.Kind)}: {fault.Message}");
        }
        else if (content is ReportContent.Released { Reason: var reason })
        {
            _attempt?.SetTag("pinnsweep.released", reason);
        }
    }

    /// <summary>The slot is done with the attempt.</summary>
    public void End()
    {
        EndTraining();
        _attempt?.Dispose();
        (_about, _granted, _attempt) = (default, null, null);
    }
}
