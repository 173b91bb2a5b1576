using PinnSweep.Studies.Mistakes;
using Serilog;

namespace PinnSweep.Logging;

/// <summary>
/// How events get to a Seq server: into files of a buffer, and from there by a thread of its own, so that a server that is slow, gone or
/// restarted holds nothing up and loses nothing. What it has taken is noted in the buffer, so the rest goes with the next run.
/// </summary>
internal static class SeqShipping
{
    /// <summary>The API key for Seq, of <c>--seq</c> and of <c>seq import</c>.</summary>
    public const string KeyVariable = "PINNSWEEP_SEQ_API_KEY";

    // The buffer begins a new file at 100 MiB and always keeps two. In a longer outage the oldest file goes first.
    private const long BufferLimitBytes = 100L << 20;

    // What a server refused for good is put aside in the buffer's folder.
    private const long RefusedLimitBytes = 10L << 20;

    // Together below the 10 MiB that Seq takes in one request unless somebody told it otherwise.
    private const int EventsAtOnce = 150;
    private const long EventLimitBytes = 64L << 10;

    /// <summary>Sends what is logged to a server too.</summary>
    /// <param name="configuration">Of the log.</param>
    /// <param name="seq">The server's address.</param>
    /// <param name="buffer">A folder of this user's own.</param>
    /// <exception cref="UserMistakeException">The address is none.</exception>
    public static void AddTo(LoggerConfiguration configuration, string seq, string buffer) => configuration.WriteTo.Seq(
        Address(seq),
        apiKey: Environment.GetEnvironmentVariable(KeyVariable) is { Length: > 0 } key ? key : null,
        batchPostingLimit: EventsAtOnce,
        eventBodyLimitBytes: EventLimitBytes,
        bufferBaseFilename: Path.Combine(buffer, "events"),
        bufferSizeLimitBytes: BufferLimitBytes,
        retainedInvalidPayloadsLimitBytes: RefusedLimitBytes,
        messageHandler: Handler(),
        period: TimeSpan.FromSeconds(1));

    // The sink disposes of it.
    private static SmallerRequests Handler() => new();

    private static string Address(string seq) =>
        Uri.TryCreate(seq, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
            ? seq
            : throw new UserMistakeException($"--seq {seq}: expected the address of a Seq server, for instance http://localhost:5341");
}
