using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PinnSweep.Studies.Trials.Lifecycle;

namespace PinnSweep.Cluster.Telemetry;

/// <summary>
/// The id of an attempt's trace follows from the attempt, so whoever knows a trial's key finds its trace, and a coordinator that takes over
/// goes on with the trace of the one before without having heard of it.
/// </summary>
public static class TraceIds
{
    [ThreadStatic]
    private static ActivityTraceId? _next;

    /// <summary>The first half of the SHA-256 of key, colon and number of the attempt.</summary>
    public static ActivityTraceId Of(AttemptId attempt) => ActivityTraceId.CreateFromBytes(
        SHA256.HashData(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{attempt.Key.Hex}:{attempt.Number}"))).AsSpan(0, 16));

    /// <summary>
    /// Has the runtime ask here for the id of a new trace; a root has no other way to get one of its own. For the process that exports.
    /// </summary>
    public static void Install() => Activity.TraceIdGenerator = () => _next ?? ActivityTraceId.CreateRandom();

    /// <summary>Does something whose new traces are the attempt's.</summary>
    internal static Activity? Within(AttemptId attempt, Func<Activity?> begin)
    {
        _next = Of(attempt);
        try
        {
            return begin();
        }
        finally
        {
            _next = null;
        }
    }
}
