using System.Collections.Immutable;

namespace PinnSweep.Nodes;

/// <summary>What was asked of a node, by options and environment.</summary>
internal sealed record NodeRequest
{
    public required bool Coordinates { get; init; }

    public required bool Works { get; init; }

    public required string Name { get; init; }

    public required string Host { get; init; }

    public string? PublicHost { get; init; }

    public required int Port { get; init; }

    public ImmutableArray<string> Seeds { get; init; } = [];

    public required string Profile { get; init; }

    /// <summary>Where to serve HTTP; null for nowhere.</summary>
    public string? Http { get; init; }

    /// <summary>Whether browsers are shown pages there.</summary>
    public bool HasPages { get; init; } = true;

    /// <summary>What workers and people call <see cref="Http"/>.</summary>
    public string? PublicUrl { get; init; }

    /// <summary>Folder with ca.crt, node.crt, node.key.</summary>
    public string? Tls { get; init; }

    /// <summary>Talk in plain text beyond this machine.</summary>
    public bool Insecure { get; init; }

    /// <summary>The file with the tokens that the HTTP interface takes.</summary>
    public string? Tokens { get; init; }

    /// <summary>The file that says who is told of what; null for nobody.</summary>
    public string? Alerts { get; init; }

    /// <summary>The token with which a worker sends blobs.</summary>
    public string? Token { get; init; }

    /// <summary>Submissions that take longer to plan are refused; null for the usual time.</summary>
    public TimeSpan? PlanningLimit { get; init; }

    public string? Slots { get; init; }

    /// <summary>Trials that share a device, and so a trainer: a number, or <c>auto</c>, which is the default.</summary>
    public string? Lanes { get; init; }

    public required string Store { get; init; }

    public required string Work { get; init; }

    /// <summary>Where bodies of HTTP requests lie until they are stored; null for the default.</summary>
    public string? Spool { get; init; }

    public string Engine { get; init; } = "auto";

    public DateTimeOffset? Until { get; init; }

    public string? Seq { get; init; }

    /// <summary>Where metrics and traces are sent; null for what the variables say.</summary>
    public string? Otlp { get; init; }
}
