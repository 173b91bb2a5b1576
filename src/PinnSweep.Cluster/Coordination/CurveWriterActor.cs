using System.Data.Common;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using PinnSweep.Storage;
using PinnSweep.Storage.Curves;
using LogEvents = PinnSweep.Cluster.Logging.LogEvents;

namespace PinnSweep.Cluster.Coordination;

/// <summary>
/// Owns the curves of running trials: gathers points and writes them in batches beside the journal, on a thread of its own, so that no
/// decision waits for them. Persists nothing else; while the database is away it keeps the newest points it has room for.
/// </summary>
internal sealed class CurveWriterActor : ReceiveActor, IWithTimers
{
    private const int Room = 200_000;

    private readonly Queue<LivePoint> _points = new();

    public CurveWriterActor(Store store, TimeSpan every, ILogger log)
    {
        var dropped = 0;
        var isAway = false;
        Receive<LivePoint>(point =>
        {
            _points.Enqueue(point);
            if (_points.Count > Room)
            {
                _points.Dequeue();
                dropped++;
            }
        });
        Receive<Flush>(_ =>
        {
            if (_points.Count == 0)
            {
                return;
            }

            try
            {
                store.Curves.Append(_points);
                _points.Clear();
                isAway = false;
                if (dropped > 0)
                {
                    LogEvents.CurvePointsDropped(log, dropped);
                    dropped = 0;
                }
            }
            catch (DbException refused)
            {
                if (!isAway)
                {
                    // Once an outage, not with every try.
                    LogEvents.CurvesNotWritten(log, refused, _points.Count);
                }

                isAway = true;
            }
        });
        Timers.StartPeriodicTimer("flush", Flush.Instance, every, every);
    }

    public ITimerScheduler Timers { get; set; } = null!;

    private sealed record Flush : INoSerializationVerificationNeeded
    {
        public static Flush Instance { get; } = new();
    }
}
