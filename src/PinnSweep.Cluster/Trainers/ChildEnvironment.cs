namespace PinnSweep.Cluster.Trainers;

/// <summary>
/// What a child process sees of the node's own variables: everything that computing needs, and nothing that opens a door. A core dump, a
/// library that reports its environment, or code of a study would otherwise carry the cluster's token and the database's password away.
/// </summary>
public static class ChildEnvironment
{
    private const string Own = "PINNSWEEP_";

    // Of libpq, the password among them.
    private const string Database = "PG";

    // Of exporters of traces and metrics, whose headers hold keys; a trainer exports nothing.
    private const string Telemetry = "OTEL_";

    // What trainers read themselves: another libtorch, and where references are kept.
    private static readonly string[] OfTrainers = [$"{Own}LIBTORCH", $"{Own}CACHE"];

    private static readonly string[] Secrets = ["TOKEN", "PASSWORD", "PASSWD", "SECRET", "API_KEY", "CREDENTIAL"];

    /// <summary>Takes away what a child has no use for.</summary>
    public static void Clean(IDictionary<string, string?> environment)
    {
        foreach (var name in environment.Keys.Where(name => !IsPassedOn(name)).ToArray())
        {
            environment.Remove(name);
        }
    }

    internal static bool IsPassedOn(string name) =>
        OfTrainers.Contains(name)
        || !(name.StartsWith(Own, StringComparison.Ordinal)
            || name.StartsWith(Database, StringComparison.Ordinal)
            || name.StartsWith(Telemetry, StringComparison.Ordinal)
            || Array.Exists(Secrets, secret => name.Contains(secret, StringComparison.OrdinalIgnoreCase)));
}
