using Akka.Event;

namespace PinnSweep.Cluster.Logging;

/// <summary>
/// Takes the place of the logger that Akka falls back to while its own are not up yet or gone already, which writes to standard output
/// whatever its level: standard output belongs to the command line.
/// </summary>
internal sealed class SilentLogger : MinimalLogger
{
    /// <inheritdoc/>
    protected override void Log(object message)
    {
        // What matters at those moments is thrown, not logged.
    }
}
