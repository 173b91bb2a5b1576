namespace PinnSweep.Pages.Live;

/// <summary>
/// How often something is drawn anew: once a second at most, and what takes long less often, so that drawing never takes more than a
/// small part of a processor, however large a study is.
/// </summary>
internal static class LivePace
{
    /// <summary>At most so often.</summary>
    public static readonly TimeSpan Shortest = TimeSpan.FromSeconds(1);

    private const int Rest = 20;

    /// <summary>How long to rest after a drawing.</summary>
    public static TimeSpan After(TimeSpan drawing) => drawing * Rest > Shortest ? drawing * Rest : Shortest;
}
