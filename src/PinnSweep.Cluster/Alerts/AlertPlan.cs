using System.Collections.Immutable;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Cluster.Alerts;

/// <summary>What is told, when, and to whom: a file of alerts.</summary>
/// <param name="Hooks">To whom.</param>
public sealed record AlertPlan(ImmutableArray<AlertHook> Hooks)
{
    /// <summary>What alerts call the cluster; nothing where it has no name.</summary>
    public string Cluster { get; init; } = "";

    /// <summary>For how long trials wait without a worker before it is told.</summary>
    public TimeSpan NoWorkerFor { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How full the disk of the store may be before it is told, in percent.</summary>
    public double StoreFullPercent { get; init; } = 90;

    /// <summary>How long before its end a certificate is told of; again seven days and a day before.</summary>
    public TimeSpan CertificateNotice { get; init; } = TimeSpan.FromDays(21);

    /// <summary>One hook that no file names.</summary>
    /// <param name="place">Its address.</param>
    /// <param name="secretVariable">The environment variable with its secret; null for none.</param>
    /// <param name="format">What it takes; null for JSON.</param>
    /// <exception cref="UserMistakeException">The address is none, the variable is not set, or there is no such format.</exception>
    public static AlertPlan Of(string place, string? secretVariable, string? format)
    {
        var address = AlertPlanReader.Address(place)
            ?? throw new UserMistakeException("--url: expected an address such as https://hooks.example/pinnsweep: http or https, without user and password");
        var secret = secretVariable is null ? null : Environment.GetEnvironmentVariable(secretVariable) is { Length: > 0 } value ? value
            : throw new UserMistakeException($"--secret-env: the environment variable {NearestMatch.Quote(secretVariable)} is not set");
        var written = format is null ? AlertFormat.Json : AlertPlanReader.FormatOf(format)
            ?? throw new UserMistakeException($"--format {NearestMatch.Quote(format)}: is no format{NearestMatch.Hint(format, AlertPlanReader.Formats)}");
        return new([new("url", address, secret, [], written)]);
    }

    /// <summary>The hook of a name; null where there is none.</summary>
    internal AlertHook? Find(string name) => Hooks.FirstOrDefault(hook => hook.Name == name);

    /// <summary>The names of those who want to hear of something.</summary>
    internal ImmutableArray<string> For(AlertEvent kind) => [.. Hooks.Where(hook => hook.Events.Contains(kind)).Select(hook => hook.Name)];
}
