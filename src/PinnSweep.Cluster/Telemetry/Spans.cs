using System.Diagnostics;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>
/// Parts of an attempt's trace. The context travels as a W3C traceparent, first in the grant and back in reports, so each part has the node
/// that did it: a node that dies loses its own parts and nobody else's. The root is the grant alone and ends when it is told, because one
/// that lasted until the result would die with its coordinator. Nothing here is done while nobody listens.
/// </summary>
public static class Spans
{
    /// <summary>What listeners ask for.</summary>
    public const string SourceName = "PinnSweep";

    /// <summary>The grant, from the decision until it is told: the root.</summary>
    internal const string Lease = "lease";

    /// <summary>What a worker does for an attempt, from first to last.</summary>
    internal const string Attempt = "attempt";

    /// <summary>A checkpoint or result that moves between a worker and the store.</summary>
    internal const string Transfer = "transfer";

    /// <summary>From the order to the trainer until its last word.</summary>
    internal const string Training = "training";

    /// <summary>A checkpoint on its way into the store.</summary>
    internal const string Checkpoint = "checkpoint";

    /// <summary>A result, from the report until it is in journal and tables.</summary>
    internal const string Accept = "accept";

    /// <summary>Any other report, likewise.</summary>
    internal const string Record = "record";

    private static readonly ActivitySource Source = new(SourceName, typeof(Spans).Assembly.GetName().Version!.ToString(3));

    /// <summary>The root of an attempt's trace; null when nobody listens. Disposing ends it.</summary>
    internal static Activity? BeginTrace(AttemptId attempt, string worker) => Source.HasListeners()
        ? About(TraceIds.Within(attempt, () => Start(Lease, ActivityKind.Producer, default, default)), attempt)?.SetTag("pinnsweep.worker", worker)
        : null;

    /// <summary>A part of a trace that began elsewhere; null when nobody listens or there is no trace.</summary>
    /// <param name="name">What it is.</param>
    /// <param name="parent">The traceparent of what it is part of.</param>
    /// <param name="attempt">What it is about.</param>
    /// <param name="kind">Whether it crosses from one node to another.</param>
    internal static Activity? Begin(string name, string? parent, AttemptId attempt, ActivityKind kind = ActivityKind.Internal) =>
        parent is not null && Source.HasListeners() && ActivityContext.TryParse(parent, null, isRemote: true, out var context)
            ? About(Start(name, kind, context, default), attempt)
            : null;

    /// <summary>A part that is over.</summary>
    internal static void Note(string name, string? parent, AttemptId attempt, DateTimeOffset from, DateTimeOffset to)
    {
        if (parent is not null && Source.HasListeners() && ActivityContext.TryParse(parent, null, isRemote: true, out var context))
        {
            using var span = About(Start(name, ActivityKind.Internal, context, from), attempt);
            span?.SetEndTime(to.UtcDateTime);
        }
    }

    /// <summary>What came of it was a failure.</summary>
    internal static void Fail(this Activity? span, string why) => span?.SetStatus(ActivityStatusCode.Error, why);

    private static Activity? About(Activity? span, AttemptId attempt) =>
        span?.SetTag("pinnsweep.trial.key", attempt.Key.Hex).SetTag("pinnsweep.trial.attempt", attempt.Number);

    /// <summary>
    /// A span outlives the message that began it, so it never becomes the current one: what this thread does next belongs to others.
    /// </summary>
    private static Activity? Start(string name, ActivityKind kind, ActivityContext parent, DateTimeOffset from)
    {
        var current = Activity.Current;
        Activity.Current = null;
        try
        {
            return Source.StartActivity(name, kind, parent, startTime: from);
        }
        finally
        {
            Activity.Current = current;
        }
    }
}
