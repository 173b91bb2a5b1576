namespace PinnSweep.Cluster.Alerts;

/// <summary>What a hook made of an alert.</summary>
/// <param name="IsTaken">It took it.</param>
/// <param name="Words">The status, or what went wrong; without secrets.</param>
/// <param name="Advice">What to look at; nothing where all is well.</param>
public sealed record AlertAnswer(bool IsTaken, string Words, string Advice = "")
{
    /// <summary>How long the hook wants to be left alone; null where it does not say.</summary>
    public TimeSpan? Wait { get; init; }

    /// <summary>The beginning of what it answered with, for whoever tries it; nothing where that might hold a secret.</summary>
    public string Excerpt { get; init; } = "";
}
