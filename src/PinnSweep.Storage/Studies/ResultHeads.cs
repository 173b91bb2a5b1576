using System.Collections.Immutable;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Storage.Studies;

/// <summary>
/// Results without curve, field, description and what only a diagnosis uses. What the trials of a study have in common, words about machine
/// and versions above all, they then have once.
/// </summary>
internal sealed class ResultHeads
{
    private readonly Dictionary<string, string> _words = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableArray<string>> _lists = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableSortedDictionary<string, string>> _versions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, ImmutableSortedDictionary<string, double>> _scores = new(StringComparer.Ordinal);

    /// <summary>The head of a whole result.</summary>
    public TrialResult Of(TrialResult result) => result with
    {
        Description = "",
        Terms = Shared(result.Terms),
        Curve = result.Curve.IsEmpty ? [] : [result.Final],
        Events = result.Events.IsEmpty ? ImmutableSortedDictionary<string, int>.Empty : result.Events,
        Evidence = Of(result.Evidence),
        Notices = Shared(result.Notices),
        TermTraits = [],
        StageEnds = [],
        Field = null,
        TrivialScores = result.TrivialScores is { } scores ? Shared(scores) : null,
        SettledOn = result.SettledOn is { } settled ? Shared(settled) : null,
        Sizes = null,
        NonFinite = null,
        StoppedBy = result.StoppedBy is { } rule ? Shared(rule) : null,
    };

    private Evidence Of(Evidence evidence) => evidence with
    {
        Commit = Shared(evidence.Commit),
        Versions = Shared(_versions, string.Join('\n', evidence.Versions), evidence.Versions),
        Machine = Shared(evidence.Machine),
        Engine = Shared(evidence.Engine),
        Streams = Shared(evidence.Streams),
    };

    private string Shared(string word) => Shared(_words, word, word);

    private ImmutableArray<string> Shared(ImmutableArray<string> words) => words.IsDefaultOrEmpty ? words : Shared(_lists, string.Join('\n', words), words);

    private ImmutableSortedDictionary<string, double> Shared(ImmutableSortedDictionary<string, double> scores) =>
        Shared(_scores, string.Join('\n', scores.Select(score => $"{score.Key} {BitConverter.DoubleToInt64Bits(score.Value)}")), scores);

    private static T Shared<T>(Dictionary<string, T> known, string name, T value) => known.TryGetValue(name, out var first) ? first : known[name] = value;
}
