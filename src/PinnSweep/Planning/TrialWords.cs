using PinnSweep.Methods.Catalogs;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;
using PinnSweep.Studies.Values;

namespace PinnSweep.Planning;

/// <summary>One trial in the words of a command line.</summary>
internal static class TrialWords
{
    /// <summary>What the words describe.</summary>
    /// <param name="words">A level of each factor as a study file writes it; the default where null.</param>
    /// <param name="budget">How long it trains.</param>
    /// <param name="seed">The replicate.</param>
    /// <param name="evaluateEvery">Steps between evaluations; the default of a study where null.</param>
    /// <param name="convergedBelow">The threshold of convergence; the default of a study where null.</param>
    /// <param name="allowed">Folders whose files a problem file may name beside those of its own.</param>
    /// <exception cref="UserMistakeException">They describe nothing that can be trained.</exception>
    public static TrialDescription Describe(IReadOnlyDictionary<Factor, string?> words, Budget budget, long seed, int? evaluateEvery = null, double? convergedBelow = null, params IReadOnlyCollection<string> allowed)
    {
        var catalog = PinnCatalog.Instance;
        Level Read(Factor factor) => words[factor] is { } text
            ? factor == Factor.Problem && IsFile(text) ? OfFile(text, allowed) : LevelText.Parse(factor, text, catalog, $"--{factor.ToWord()}", StudyTexts.Beside("command line", allowed).Of)
            : LevelText.Default(factor, catalog)
                ?? throw new UserMistakeException($"--{factor.ToWord()} is required; allowed: {string.Join(", ", catalog.Of(factor).Select(entry => entry.Kind))}");
        if (evaluateEvery < 1)
        {
            throw new UserMistakeException($"--evaluate-every {evaluateEvery}: expected a whole number of at least 1");
        }

        if (convergedBelow is { } below && !(below > 0 && double.IsFinite(below)))
        {
            throw new UserMistakeException(FormattableString.Invariant($"--converged-below {below}: expected a number above 0"));
        }

        var levels = new CellLevels(
            Read(Factor.Problem), Read(Factor.Network), Read(Factor.Balancer), Read(Factor.Sampler), Read(Factor.Optimizer), Read(Factor.Time), PrecisionWords.FromWord(Read(Factor.Precision).Kind)!.Value);
        UnknownNames.Check(catalog, levels);
        return catalog.WhyNotApplicable(levels) is { } reason
            ? throw new UserMistakeException($"this combination cannot be trained: {reason}")
            : new(levels, seed, budget, evaluateEvery ?? StudyDefaults.EvaluateEvery(budget), convergedBelow ?? StudyDefaults.ConvergedBelow);
    }

    private static bool IsFile(string problem) =>
        File.Exists(problem) || problem.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase) || problem.EndsWith(".yml", StringComparison.OrdinalIgnoreCase);

    /// <summary>The level of a problem file.</summary>
    /// <exception cref="UserMistakeException">The file has mistakes; all are told.</exception>
    public static Level OfFile(string path, params IEnumerable<string> allowed)
    {
        var mistakes = new MistakeList();
        var level = ProblemFile.Read(StudyTexts.Read(path, ProblemFile.MaximumBytes, "problem file"), path, [], StudyTexts.Beside(path, allowed).Of, mistakes);
        mistakes.ThrowIfAny();
        return level!;
    }
}
