using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using PinnSweep.Reports.Drawing;

namespace PinnSweep.Api;

/// <summary>A report as pages show it, made once for all who look.</summary>
/// <param name="Hash">The study.</param>
/// <param name="Name">The study's name.</param>
/// <param name="At">The time that its numbers are of.</param>
/// <param name="Finished">Trials with a result.</param>
/// <param name="Planned">Trials of the study.</param>
/// <param name="Standing">The table as it stands and what belongs to it, as a piece of a page; empty before the first result.</param>
/// <param name="Tuning">The searches, likewise; empty where the study has none.</param>
/// <param name="Figures">All figures by name, in reading order.</param>
internal sealed record LiveRendering(
    string Hash, string Name, DateTimeOffset At, int Finished, int Planned, string Standing, string Tuning, ImmutableArray<FigureModel> Figures)
{
    private readonly ConcurrentDictionary<(string Name, FigureScheme Scheme), Lazy<DrawnFigure>> _drawn = new();

    /// <summary>Tells this report from earlier ones of the study, whichever node made them.</summary>
    public string Version => VersionOf(At);

    /// <summary>The version of a report of this time.</summary>
    public static string VersionOf(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    /// <summary>The table as it stands with what belongs to it, or the searches; never empty.</summary>
    /// <param name="isTuning">Whether the searches.</param>
    public string Part(bool isTuning) => AsOf + ((isTuning ? Tuning : Standing) is { Length: > 0 } content ? content
        : isTuning ? "<p>Nothing is known of searches yet.</p>\n" : "<p>No trial has ended yet; the tables come with the first result.</p>\n");

    /// <summary>What the numbers are of, as a line above them.</summary>
    public string AsOf => string.Create(
        CultureInfo.InvariantCulture,
        $"<p class=\"as-of\">As of <time datetime=\"{At.UtcDateTime:yyyy-MM-ddTHH:mm:ssZ}\">{At.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC</time>, {Finished:#,0} of {Planned:#,0} trials.</p>\n");

    /// <summary>A figure, drawn when it is asked for first; null where there is none of the name.</summary>
    public DrawnFigure? Draw(string name, FigureScheme scheme) => Figures.FirstOrDefault(figure => figure.Name == name) is not { } figure
        ? null
        : _drawn.GetOrAdd((name, scheme), static (key, figure) => new(() => DrawnFigure.Of(figure, key.Scheme)), figure).Value;
}

/// <summary>A figure as bytes.</summary>
/// <param name="Svg">The file.</param>
/// <param name="Tag">Changes with its content, in quotation marks.</param>
internal sealed record DrawnFigure(byte[] Svg, string Tag)
{
    private const int TagDigits = 16;

    /// <summary>Draws it.</summary>
    public static DrawnFigure Of(FigureModel figure, FigureScheme scheme)
    {
        var svg = FigureImage.Svg(figure, scheme);
        return new(svg, $"\"{Convert.ToHexStringLower(SHA256.HashData(svg))[..TagDigits]}\"");
    }
}
