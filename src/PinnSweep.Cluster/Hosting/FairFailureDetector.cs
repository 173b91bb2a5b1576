using Akka.Configuration;
using Akka.Event;
using Akka.Remote;

namespace PinnSweep.Cluster.Hosting;

/// <summary>
/// Akka's detector by the judge's own time: a node that was not served itself, on a machine that others use too, does not take the rest of
/// the cluster for dead because it could not hear it. Found by its name in the settings.
/// </summary>
internal sealed class FairFailureDetector : PhiAccrualFailureDetector
{
    /// <summary>As Akka makes it.</summary>
    public FairFailureDetector(Config config, EventStream events)
        : this(config, OwnTime.OfProcess) => ArgumentNullException.ThrowIfNull(events);

    /// <summary>By somebody's own time.</summary>
    public FairFailureDetector(Config config, OwnTime time)
        : base(
            config.GetDouble("threshold"),
            config.GetInt("max-sample-size"),
            config.GetTimeSpan("min-std-deviation"),
            config.GetTimeSpan("acceptable-heartbeat-pause"),
            config.GetTimeSpan("heartbeat-interval"),
            () => (long)time.Elapsed.TotalMilliseconds)
    {
    }
}
