using System.Globalization;
using System.Text.RegularExpressions;
using PinnSweep.Numerics.Streams;
using PinnSweep.Reports.Conclusions;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Studies;

namespace PinnSweep.Reports.Tests.Conclusions;

public sealed partial class WhatCameOutTests
{
    [Theory]
    [InlineData(
        "a clear winner over the control",
        "b is best on wave: relative L2 error 1.00e-3 [9.6e-4, 1.0e-3] (n = 5), 0.100 [0.093, 0.11] times that of a (control); a is worse (α = 0.05, Holm).",
        "All 10 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "a clear winner without a control",
        "b is best on wave: relative L2 error 1.00e-3 [9.6e-4, 1.0e-3] (n = 5); a, with 1.00e-2 [9.6e-3, 1.0e-2] (n = 5), is worse (α = 0.05, Holm).",
        "All 10 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "the control wins",
        "a is best on wave: relative L2 error 1.00e-2 [9.6e-3, 1.0e-2] (n = 5); b, with 4.00e-2 [3.8e-2, 4.2e-2] (n = 5), is worse (α = 0.05, Holm).",
        "All 10 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "a tie within the region of equivalence",
        "On wave no method is shown to be best alone: a has the smallest relative L2 error, 1.00e-2 [9.6e-3, 1.0e-2] (n = 5), but b is equivalent to it within a factor 1.25.",
        "All 10 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "a tie of copies",
        "On wave no method is shown to be best alone: a has the smallest relative L2 error, 1.00e-2 [9.6e-3, 1.0e-2] (n = 5), but b is equivalent to it within a factor 1.25.",
        "All 10 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "undecided against the control",
        "On wave no method is shown to be best alone: b has the smallest relative L2 error, 1.00e-2 [1.0e-3, 9.6e-2] (n = 5), 0.769 [0.015, 39] times that of a (control), but a is undecided against it.",
        "Undecided: b against a (control) on wave (error ratio 0.769 [0.015, 39], 5 pairs), which about 558 seeds would decide (1,106 more trials).",
        "2 of 10 trials did not converge (final relative L2 error below 0.05): 2 stalled above it (a 1, b 1).")]
    [InlineData(
        "undecided without a control",
        "On wave no method is shown to be best alone: b has the smallest relative L2 error, 1.00e-2 [1.0e-3, 9.6e-2] (n = 5), but a is undecided against it.",
        "Undecided: a against b on wave (error ratio 1.30 [0.026, 65], 5 pairs), which about 558 seeds would decide (1,106 more trials).",
        "2 of 10 trials did not converge (final relative L2 error below 0.05): 2 stalled above it (a 1, b 1).")]
    [InlineData(
        "one seed",
        "On wave no method is shown to be best alone: b has the smallest relative L2 error, 1.00e-3 (n = 1), 0.100 times that of a (control), but a is not tested against it, with so few common seeds.",
        "Undecided: b against a (control) on wave (error ratio 0.100, 1 pair).",
        "Both finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "one method",
        "a is the only balancer on wave, so that there is nothing to compare it with: relative L2 error 1.00e-2 [9.6e-3, 1.0e-2] (n = 5).",
        "All 5 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "one method and one seed that stalls",
        "a is the only balancer on wave, so that there is nothing to compare it with: relative L2 error 4.00e-1 (n = 1), though none of its trials converged.",
        "The one trial that ended did not converge (final relative L2 error below 0.05): 1 stalled above it (a).")]
    [InlineData(
        "a trivial method with the smallest error",
        "On wave only a is better than a field that solves nothing: relative L2 error 4.00e-2 [3.8e-2, 4.2e-2] (n = 5); b solved nothing in any trial.",
        "5 of 10 trials did not converge (final relative L2 error below 0.05): 5 settled on a trivial field (b).")]
    [InlineData(
        "all trivial",
        "On wave no method solved anything: every finished trial is trivial or diverged.",
        "None of 10 trials converged (final relative L2 error below 0.05): 10 settled on a trivial field (a 5, b 5).")]
    [InlineData(
        "all diverged",
        "On wave no method solved anything: every finished trial is trivial or diverged.",
        "None of 10 trials converged (final relative L2 error below 0.05): 10 diverged (a 5, b 5).")]
    [InlineData(
        "trivial and diverged",
        "On wave no method solved anything: every finished trial is trivial or diverged.",
        "None of 10 trials converged (final relative L2 error below 0.05): 5 diverged (b); 5 settled on a trivial field (a).")]
    [InlineData(
        "each diverges once",
        "On wave no method is ranked: a and b each had a trial that diverged, and so no rank.",
        "2 of 10 trials did not converge (final relative L2 error below 0.05): 2 diverged (a 1, b 1).")]
    [InlineData(
        "the smallest mean diverges once",
        "b is best on wave: relative L2 error 1.00e-3 [9.6e-4, 1.0e-3] (n = 5), 0.100 [0.093, 0.11] times that of a (control); a is worse (α = 0.05, Holm); c had a trial that diverged, and so no rank.",
        "1 of 15 trials did not converge (final relative L2 error below 0.05): 1 diverged (c).")]
    [InlineData(
        "a winner that converges in no trial",
        "b is best on wave: relative L2 error 3.00e-1 [2.9e-1, 3.1e-1] (n = 5), though none of its trials converged, 0.375 [0.35, 0.40] times that of a (control); a is worse (α = 0.05, Holm).",
        "None of 10 trials converged (final relative L2 error below 0.05): 10 stalled above it (a 5, b 5).")]
    [InlineData(
        "given up after faults",
        "b is best on wave: relative L2 error 3.16e-3 [3.0e-3, 3.3e-3] (n = 5), 0.100 [0.093, 0.11] times that of a (control); a is worse (α = 0.05, Holm); c had a trial that was given up, and so no rank.",
        "1 of 15 trials did not converge (final relative L2 error below 0.05): 1 was given up after faults of infrastructure, mostly out of memory (c).")]
    [InlineData(
        "unfinished, two seeds of five",
        "The study is unfinished: 4 of 10 trials are finished, and what follows is provisional.",
        "b is best on wave: relative L2 error 3.10e-3 [2.4e-3, 4.0e-3] (n = 2), 0.0961 [0.095, 0.097] times that of a (control); a is worse (α = 0.05, Holm).",
        "All 4 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "unfinished, one method not begun",
        "The study is unfinished: 10 of 15 trials are finished, and what follows is provisional.",
        "b is best on wave: relative L2 error 3.16e-3 [3.0e-3, 3.3e-3] (n = 5); a, with 3.16e-2 [3.0e-2, 3.3e-2] (n = 5), is worse (α = 0.05, Holm); c has nothing finished.",
        "All 10 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "nothing finished",
        "Nothing is finished yet: 10 trials are planned.")]
    [InlineData(
        "three ranked, one equal, one worse",
        "On wave no method is shown to be best alone: a has the smallest relative L2 error, 1.00e-3 [9.7e-4, 1.0e-3] (n = 8), but b is equivalent to it within a factor 1.25; c is worse.",
        "8 of 24 trials did not converge (final relative L2 error below 0.05): 8 stalled above it (c).")]
    [InlineData(
        "two problems, a winner each",
        "Relative L2 error: b is best on p, 1.00e-3 [9.6e-4, 1.0e-3] (n = 5); a is best on q, 1.00e-3 [9.6e-4, 1.0e-3] (n = 5).",
        "Over all 2 problems together a and b have the same smallest mean rank, 1.50.",
        "All 20 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "six problems, one method best on all",
        "c is best on all 6 problems (every other ranked method worse, α = 0.05, Holm).",
        "Over all 6 problems together c has the smallest mean rank, 1.00 [1.00, 1.00], and 0.0102 [0.010, 0.010] times the error of a (control); with 6 problems no test of all pairs can show a difference.",
        "All 90 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "ten problems, one method best on all",
        "c is best on all 10 problems (every other ranked method worse, α = 0.05, Holm).",
        "Over all 10 problems together c has the smallest mean rank, 1.00 [1.00, 1.00], and 0.0102 [0.010, 0.010] times the error of a (control) (p = 0.004); it is better than each of the 2 others (Wilcoxon, Holm).",
        "All 150 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "four problems, all different",
        "Of 4 problems, b is best on 1 (every other ranked method worse, α = 0.05, Holm); on 1 the first place is shared by equivalent methods; on 1 the first place is undecided; on 1 no method solved anything.",
        "Over all 4 problems together b has the smallest mean rank, 1.25 [1.12, 1.62].",
        "Undecided: a against b on open (error ratio 1.30 [0.026, 65], 5 pairs), which about 558 seeds would decide (1,106 more trials).",
        "12 of 40 trials did not converge (final relative L2 error below 0.05): 2 stalled above it (a 1, b 1); 10 settled on a trivial field (a 5, b 5).")]
    [InlineData(
        "networks as columns",
        "Relative L2 error: c is best with network wide, 3.16e-4 [3.0e-4, 3.3e-4] (n = 5); c is best with network deep, 6.32e-4 [6.1e-4, 6.6e-4] (n = 5).",
        "5 of 30 trials did not converge (final relative L2 error below 0.05): 5 stalled above it (a).")]
    [InlineData(
        "two blocks",
        "c is best on all 4 columns of 2 tables (every other ranked method worse, α = 0.05, Holm).",
        "All 60 finished trials converged (final relative L2 error below 0.05).")]
    [InlineData(
        "looks before the first",
        "Nothing is ranked yet: the study declares looks at 4, 6 and 8 seeds, and the first is still to come.",
        "1 of 16 trials did not converge (final relative L2 error below 0.1): 1 stalled above it (power-normalization).")]
    [InlineData(
        "looks after the first",
        "relobralo is better than static on helmholtz (error ratio 0.100 [0.0642, 0.157], 4 pairs); gradnorm is open against static on helmholtz (error ratio 0.995 [0.636, 1.56], 4 pairs); power-normalization is open against static on helmholtz (error ratio 1.79 [0.00000337, 947000], 4 pairs) (α = 0.05 over all looks and comparisons).",
        "2 comparisons are open and get more seeds: 22 trials are planned so far, 32 at most.",
        "1 of 22 trials did not converge (final relative L2 error below 0.1): 1 stalled above it (power-normalization).")]
    [InlineData(
        "looks to the end",
        "relobralo is better than static on helmholtz (error ratio 0.100 [0.0642, 0.157], 4 pairs); gradnorm is equivalent to static on helmholtz (error ratio 1.00 [0.925, 1.09], 6 pairs); power-normalization is undecided at the last look against static on helmholtz (error ratio 1.15 [0.175, 7.60], 8 pairs) (α = 0.05 over all looks and comparisons).",
        "2 of 26 trials did not converge (final relative L2 error below 0.1): 2 stalled above it (power-normalization).")]
    [InlineData(
        "tuning that goes on",
        "Nothing is chosen yet: the searches go on, and no method is compared before they have ended.")]
    [InlineData(
        "tuned",
        "Relative L2 error: static is best on helmholtz, 1.13e-3 [1.1e-3, 1.2e-3] (n = 4); static is best on wave, 1.13e-3 [1.1e-3, 1.2e-3] (n = 4).",
        "Over all 2 problems together static has the smallest mean rank, 1.00 [1.00, 1.00].",
        "Tuning changes which method has the smallest mean: helmholtz from relobralo to static and wave from relobralo to static.",
        "All 16 finished trials converged (final relative L2 error below 0.1).")]
    [InlineData(
        "a design",
        "Point by point: no difference is shown between gradnorm and static (control) on helmholtz (error ratio 0.500 [0.50, 0.50], 3 points, too few points for a test).",
        "14 of 24 trials did not converge (final relative L2 error below 0.1): 1 diverged (gradnorm); 13 stalled above it (relobralo 8, static 4, gradnorm 1).")]
    [InlineData(
        "a design of many points",
        "Point by point: static has larger errors than gradnorm on helmholtz (error ratio 2.00 [2.0, 2.0], 40 points, p <0.001).",
        "All 164 finished trials converged (final relative L2 error below 0.1).")]
    public void Each_sentence_of_a_study_made_to_be_known_is_true(string study, params string[] sentences) => Assert.Equal(sentences, WhatCameOut.Of(ConstructedStudies.All[study]()));

    [Fact]
    public void Every_constructed_study_is_told() => Assert.Equal(
        ConstructedStudies.All.Keys.Order(StringComparer.Ordinal),
        typeof(WhatCameOutTests).GetMethod(nameof(Each_sentence_of_a_study_made_to_be_known_is_true))!.GetCustomAttributesData()
            .Where(data => data.AttributeType == typeof(InlineDataAttribute))
            .Select(data => (string)((IEnumerable<System.Reflection.CustomAttributeTypedArgument>)data.ConstructorArguments[0].Value!).First().Value!).Order(StringComparer.Ordinal));

    [Fact]
    public void No_method_is_called_best_that_the_table_does_not_mark_so_and_every_number_is_in_a_table()
    {
        var (best, numbers) = (0, 0);
        for (var study = 0; study < 80; study++)
        {
            var report = Random(study);
            var said = string.Join('\n', WhatCameOut.Of(report));
            var printed = Printed(report);

            foreach (Match match in BestOn().Matches(said))
            {
                Assert.True(IsWon(report.Blocks[0], match.Groups[1].Value, match.Groups[2].Value), $"study {study}: {said}");
                best++;
            }

            foreach (Match match in BestOfMany().Matches(said))
            {
                var won = report.Blocks[0].Columns.Count(column => IsWon(report.Blocks[0], match.Groups[1].Value, column));
                Assert.True(won == int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture), $"study {study}: {said}");
                best++;
            }

            foreach (Match match in Better().Matches(said))
            {
                var pairs = report.Findings[report.Blocks[0]].Pairs.Where(pair => pair.First == match.Groups[1].Value || pair.Second == match.Groups[1].Value);
                Assert.All(pairs, pair => Assert.True(pair.Holm <= 0.05 && (pair.Improvement > 0.5) == (pair.First == match.Groups[1].Value), $"study {study}: {said}"));
                best++;
            }

            foreach (Match match in Number().Matches(said))
            {
                Assert.True(printed.Contains(match.Value), $"study {study}: {match.Value} is in no table: {said}");
                numbers++;
            }
        }

        Assert.True(best > 30 && numbers > 300, $"the random studies say too little: {best} winners, {numbers} numbers");
    }

    [Theory]
    [InlineData("`code` **Bold** <b>&amp; | $x_1$ \u202e")]
    public void Hostile_labels_are_escaped_in_every_format(string label)
    {
        var report = StudyReport.Build(new StudyResultsBuilder().With(Factor.Balancer, label, "other").Points(2).Error((levels, seed) => (levels.Balancer.Kind == label ? 1e-3 : 1e-2) * (1 + (0.01 * seed))).Build());
        var document = DocumentComposer.Compose(report);

        Assert.Contains("is best on", WhatCameOut.Of(report)[0], StringComparison.Ordinal);
        Assert.Equal(WhatCameOut.Title, document.Sections[0].Title);
        Assert.DoesNotContain("<b>&amp;", HtmlFormat.Render(document), StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", MarkdownFormat.Render(document).Split("## Accuracy")[0], StringComparison.Ordinal);
        Assert.DoesNotContain("$x_1$", LatexFormat.Render(document).Split("Accuracy")[0], StringComparison.Ordinal);
        Assert.All(new[] { HtmlFormat.Render(document), MarkdownFormat.Render(document), LatexFormat.Render(document), TextFormat.Accuracy(report) }, text => Assert.DoesNotContain("\u202e", text, StringComparison.Ordinal));
    }

    [Fact]
    public void The_report_begins_with_them_in_every_format_and_so_do_its_page_and_the_terminal()
    {
        var report = StudyReport.Build(Made.FourMethods().Build());
        var first = WhatCameOut.Of(report)[0];
        var document = DocumentComposer.Compose(report);

        Assert.Equal(first, Assert.IsType<ReportPart.Paragraph>(document.Sections[0].Parts[0]).Text);
        Assert.IsType<ReportPart.Figure>(document.Sections[0].Parts[^1]);
        Assert.Equal(document.Figures.Select(figure => figure.Name).Distinct(), document.Figures.Select(figure => figure.Name));
        Assert.Equal(first, Assert.IsType<ReportPart.Paragraph>(LiveReport.Of(report).Standing[0].Parts[0]).Text);
        Assert.StartsWith(first, TextFormat.Accuracy(report), StringComparison.Ordinal);
    }

    // Methods differ by decades or by nothing, seeds by little or much; some trials diverge, are trivial, given up or missing.
    private static StudyReport Random(int study)
    {
        var random = new RandomStream(study, "constructed");
        var (methods, problems, seeds) = (1 + (int)(5 * random.NextDouble()), 1 + (int)(8 * random.NextDouble()), 1 + (int)(8 * random.NextDouble()));
        var (apart, spread, failing) = (0.6 * random.NextDouble(), random.NextDouble() < 0.5 ? 0.05 : 0.5, random.NextDouble() < 0.5 ? 0 : 0.15 * random.NextDouble());
        double Draw(CellLevels levels, long seed, string what) => new RandomStream(seed, $"{study}/{what}/{levels.Problem.Kind}/{levels.Balancer.Kind}").NextDouble();
        var builder = new StudyResultsBuilder()
            .With(Factor.Problem, [.. Enumerable.Range(1, problems).Select(i => $"p{i}")])
            .With(Factor.Balancer, [.. Enumerable.Range(1, methods).Select(i => $"m{i}")])
            .Seeds([.. Enumerable.Range(1, seeds).Select(i => (long)i)]).Points(2)
            .Error((levels, seed) => Draw(levels, seed, "diverges") < failing ? null
                : Math.Pow(10, -1.5 - (apart * levels.Balancer.Kind[1]) + (apart * 49) + (spread * (Draw(levels, seed, "error") - 0.5))))
            .Outcome((levels, seed) => Draw(levels, 0, "trivial") < failing ? Outcome.Trivial : null)
            .Quarantined((levels, seed) => Draw(levels, seed, "given up") < failing / 3)
            .Missing((levels, seed) => Draw(levels, seed, "missing") < failing / 2);
        return StudyReport.Build((random.NextDouble() < 0.6 ? builder.Control(Factor.Balancer, "m1") : builder).Build());
    }

    private static bool IsWon(ReportBlock block, string method, string column) =>
        block[method, column]!.Standing == Standing.Best && block.Column(column).Any(cell => cell.Standing == Standing.Behind)
            && block.Column(column).All(cell => cell.Row == method || cell.Standing is Standing.Behind or Standing.Unsolved or Standing.Trivial or Standing.Unranked);

    private static HashSet<string> Printed(StudyReport report) =>
    [
        .. DocumentComposer.Compose(report).Tables
            .SelectMany(table => table.Notes.Append(table.Caption).Append(TextFormat.Render(table)))
            .Concat(DocumentComposer.Facts(report).Select(fact => fact.Value))
            .SelectMany(text => AnyNumber().Matches(text).Select(match => match.Value)),
    ];

    [GeneratedRegex(@"(m\d+) is best on (p\d+)")]
    private static partial Regex BestOn();

    [GeneratedRegex(@"(m\d+) is best on (?:all )?(\d+)")]
    private static partial Regex BestOfMany();

    [GeneratedRegex(@"(m\d+) has the smallest mean rank.*it is better than each of")]
    private static partial Regex Better();

    // Counts are no numbers of a table; whatever was measured or computed has a point or an exponent.
    [GeneratedRegex(@"(?<![\w.])\d[\d,]*\.\d+(?:e-?\d+)?(?!\w)|(?<=about )\d[\d,]*(?= seed)")]
    private static partial Regex Number();

    [GeneratedRegex(@"(?<![\w.])\d[\d,]*(?:\.\d+)?(?:e-?\d+)?")]
    private static partial Regex AnyNumber();
}
