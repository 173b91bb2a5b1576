using System.Collections.Immutable;
using PinnSweep.Reports.Documents;
using PinnSweep.Reports.Formats;
using PinnSweep.Reports.Model;
using PinnSweep.Reports.Tables;
using PinnSweep.Studies.Trials;

namespace PinnSweep.Reports.Tests.Formats;

public sealed class DiagnosisTableTests
{
    [Fact]
    public void A_symptom_stands_once_a_cell_with_its_count_evidence_and_advice()
    {
        var made = Made.FourMethods().Build();
        var results = made with { Results = made.Results.ToImmutableDictionary(pair => pair.Key, pair => IsStatic(pair.Value) ? Violated(pair.Value) : pair.Value) };

        var report = StudyReport.Build(results);
        var section = DiagnosisTable.SectionsOf(report).Single();

        var table = ((ReportPart.Table)section.Parts.Single()).Model;
        Assert.Equal("Diagnosis", section.Title);
        var rows = table.Rows.Select(row => string.Join(" | ", row.Take(5).Select(cell => string.Concat(cell.Pieces.OfType<Inline.Words>().Select(words => words.Text))))).ToArray();
        Assert.Equal(
            [
                "helmholtz | static | violated constraint [1] | 3/3 | 'boundary' is violated by 30 % of its scale although the residual is at 1.0 % of its own",
                "helmholtz | self-adaptive | unstable losses [2] | 1/3 | a loss, a gradient or a parameter became non-finite",
            ],
            rows);
        Assert.Contains("learning-rate-annealing", table.Notes[0], StringComparison.Ordinal);
        Assert.Contains(section.Title, DocumentComposer.Compose(report).Sections.Select(part => part.Title));
    }

    [Fact]
    public void A_study_without_symptoms_has_no_section() =>
        Assert.Empty(DiagnosisTable.SectionsOf(StudyReport.Build(Made.ManyProblems(2, 2, 2).Build())));

    private static bool IsStatic(TrialResult result) => result.Description.Contains("\"kind\":\"static\"", StringComparison.Ordinal);

    private static TrialResult Violated(TrialResult result) => result with
    {
        TermTraits = [new("residual", 100), new("boundary", 1)],
        Curve = [.. result.Curve.Select(point => point with { Losses = [1, 0.09] })],
    };
}
