using System.Globalization;
using System.Text;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Reports.Texts;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Papers;

/// <summary>
/// The methods of a paper, from the store alone: what was trained, for how long, how errors were measured and compared, what failed, and
/// where it ran. Sentences that do not apply are left out; every number is one of the study's.
/// </summary>
internal static class MethodsText
{
    private static readonly (Factor Factor, string Heading)[] Headings =
    [
        (Factor.Problem, "Problems"), (Factor.Network, "Networks"), (Factor.Balancer, "Weights of the loss terms"), (Factor.Sampler, "Collocation points"),
        (Factor.Optimizer, "Optimizers"), (Factor.Time, "Treatment of time"), (Factor.Precision, "Precision"),
    ];

    /// <summary>The paragraphs as LaTeX.</summary>
    public static string Of(StudyReport report, Citations citations)
    {
        var text = new StringBuilder();
        Paragraph(text, "Design", Design(report));
        foreach (var (factor, heading) in Headings)
        {
            Paragraph(text, heading, [.. report.Levels.Where(level => level.Factor == factor).Select(level => Level(level, citations)), .. factor == Factor.Network ? Sizes(report) : []]);
        }

        Paragraph(text, "Training", Training(report));
        Paragraph(text, "Tuning", [.. report.Staged is not null ? StagedText.Of(report).Concat(report.Staged.IsTuned ? ["Parameters that were tuned stand above with their defaults."] : Array.Empty<string>()).Select(LatexText.Breakable) : report.Design is not null ? DesignText.Of(report).Select(LatexText.Breakable) : []]);
        Paragraph(text, "Errors", Errors(report));
        Paragraph(text, "Statistics", StatisticsText.Of(report, citations));
        Paragraph(text, "Failures", Failures(report));
        Paragraph(text, "Machines", Machines(report));
        return text.ToString();
    }

    private static void Paragraph(StringBuilder text, string heading, IEnumerable<string> sentences)
    {
        var some = sentences.ToArray();
        if (some.Length > 0)
        {
            // A sentence a line: the check of a changed digit names its line.
            text.Append(text.Length > 0 ? "\n" : "").Append("\\paragraph{").Append(heading).Append(".}\n").AppendJoin('\n', some).Append('\n');
        }
    }

    private static IEnumerable<string> Design(StudyReport report)
    {
        var header = report.Header;
        var varied = header.Levels.Where(pair => pair.Value.Length > 1).Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Value.Length} {(pair.Key == header.Methods?.Carrier ? "methods" : $"levels of {pair.Key.ToWord()}")}")).ToArray();
        var cells = report.Blocks.SelectMany(block => block.InOrder()).Count(cell => cell.NotApplicable is null);
        yield return string.Create(
            CultureInfo.InvariantCulture,
            $"The study {Code(header.Study)} crosses {(varied.Length > 0 ? string.Join(", ", varied) : "one level of every factor")}: {cells} {(cells == 1 ? "combination" : "combinations")}, trained with seeds {string.Join(", ", header.Seeds)}; {header.Planned} trials, of which {header.FinishedCount} have finished.");
        foreach (var cell in header.NotApplicable)
        {
            yield return $"Not trained: {LatexText.Breakable($"{cell.Name}: {cell.Reason}")}.";
        }

        if (header.Control is { } control)
        {
            yield return $"The control is {LatexText.Breakable(control)}.";
        }

        if (LevelsTable.AreDefaultsKnown(report))
        {
            yield return "A star marks a value that is not the default.";
        }
    }

    private static string Level(ReportLevel level, Citations citations)
    {
        var summary = citations.Entry(level) is { } entry ? $": {LatexText.Breakable(entry.Summary)}{citations.Of(level)}" : "";
        return $"{LatexText.Breakable(LevelWords.Line(level, isWhole: true))}{summary}.";
    }

    private static IEnumerable<string> Sizes(StudyReport report)
    {
        var sizes = report.Trials.Select(trial => trial.Result?.ParameterCount).OfType<int>().ToArray();
        if (sizes.Length > 0)
        {
            yield return $"Networks have {Range(sizes)} trainable parameters.";
        }
    }

    private static IEnumerable<string> Training(StudyReport report)
    {
        var header = report.Header;
        yield return $"Every trial has a budget of {LatexText.Breakable(header.BudgetText)}; training time counts no evaluations.";
        if (report.Whole?.Plan.Spec is { } spec)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"Errors are evaluated every {spec.EvaluateEvery} steps and at the end; the last evaluation is the result.");
            yield return spec.StopWhen is { } rules
                ? $"A trial ends before its budget {string.Join(" or ", Stops(rules))}; its error is then not that of the budget, and it counts as failed."
                : "No trial ends before its budget unless its numbers are no longer finite.";
        }
    }

    private static IEnumerable<string> Stops(StopRules rules)
    {
        if (rules.WeightsAbove is { } most)
        {
            yield return $"when the weight of a term exceeds {NumberText.RoundTrip(most)}";
        }

        if (rules.FlatFor is { } flat)
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"when its residual has not fallen by {100 * StopRules.Progress:0.#}\\,\\% over {flat} evaluations and it has not converged");
        }
    }

    private static IEnumerable<string> Errors(StudyReport report)
    {
        var (header, cells) = (report.Header, report.Blocks.SelectMany(block => block.InOrder()).ToArray());
        yield return $"The metric is the {LatexText.Breakable(header.MetricName)}{(header.Metric == CurvePoint.ResidualL2 ? ", at points that no trial trains on" : ", on a test grid that is never a set of collocation points")}.";
        yield return $"A trial has converged when its {LatexText.Breakable(MetricWords.OfOutcome(cells))} at the end is below {NumberText.RoundTrip(header.ConvergedBelow)}, and is trivial when it has settled on a field that solves nothing.";
    }

    private static IEnumerable<string> Failures(StudyReport report)
    {
        var header = report.Header;
        yield return $"Of {header.Planned.ToString(CultureInfo.InvariantCulture)} trials, {string.Join(", ", header.Counts.Where(pair => pair.Value > 0).Select(pair => FormattableString.Invariant($"{pair.Value} {StatusWords.Of(pair.Key)}")))}.";
        yield return "A diverged trial has no finite error: it counts in the number of trials and in failure rates, not in a mean; in tests on ranks it counts as larger than any error, and its method is not ranked on that problem.";
        yield return string.Create(CultureInfo.InvariantCulture, $"Attempts that a fault of infrastructure ended were trained again and enter no number; there were {header.FaultsRetried}.");
    }

    private static IEnumerable<string> Machines(StudyReport report)
    {
        var header = report.Header;
        yield return $"Engine: {LatexText.Breakable(string.Join("; ", header.Engines))}. Machines: {LatexText.Breakable(string.Join("; ", header.Machines))}.";
        if (header.Devices is { IsEmpty: false } devices)
        {
            yield return $"Devices: {LatexText.Breakable(string.Join("; ", devices))}.";
        }

        var beside = report.Trials.Select(trial => trial.Result?.Evidence.Beside).OfType<int>().ToArray();
        if (beside.Length > 0 && beside.Max() > 0)
        {
            yield return $"A process trained up to {beside.Max().ToString(CultureInfo.InvariantCulture)} further trials beside one, which lengthens times and changes no error.";
        }
    }

    private static string Range(int[] values) => values.Min() == values.Max()
        ? NumberText.Count(values[0])
        : $"{NumberText.Count(values.Min())} to {NumberText.Count(values.Max())}";

    private static string Code(string words) => $"\\texttt{{{LatexText.Breakable(words)}}}";
}
