namespace PinnSweep.Reports.Model;

/// <summary>The words of tables and files for <see cref="TrialStatus"/>.</summary>
internal static class StatusWords
{
    /// <summary>Lower case; a quarantined trial is <c>given up</c>, an unfinished one <c>missing</c>.</summary>
    public static string Of(TrialStatus status) => status switch
    {
        TrialStatus.Quarantined => "given up",
        TrialStatus.Unfinished => "missing",
        _ => status.ToString().ToLowerInvariant(),
    };
}
