using PinnSweep.Api;
using PinnSweep.Progress;
using PinnSweep.Tests.Views;

namespace PinnSweep.Tests.Progress;

public sealed class MatrixTextTests
{
    [Fact]
    public void Each_cell_says_how_far_it_is_its_mean_and_what_failed()
    {
        var plan = MadeStudy.Plan(MadeStudy.Grid);
        var rows = MadeStudy.Rows(plan, trial => trial.Seed == 3 ? double.NaN : 1e-2, trial => trial.Description.Levels.Problem.Kind == "helmholtz" || trial.Description.Seed == 1);

        var lines = MatrixText.Lines(CellEndpoints.Of(MadeStudy.View(plan, rows)), 80);

        Assert.Contains(lines, line => line.Contains("3/3 1.00e-2 ✗1", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("1/3 1.00e-2", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.StartsWith("relobralo", StringComparison.Ordinal) && line.EndsWith("n/a", StringComparison.Ordinal));
        Assert.All((string[])["helmholtz", "wave", "static", "relobralo", "mlp", "siren"], word => Assert.Contains(lines, line => line.Contains(word, StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData(20)]
    [InlineData(40)]
    [InlineData(80)]
    [InlineData(200)]
    public void No_line_is_wider_than_asked_and_no_cell_is_lost(int width)
    {
        var cells = Enumerable.Range(0, 12).SelectMany(row => Enumerable.Range(0, 9).Select(column => Cell(row, column, width))).ToArray();

        var lines = MatrixText.Lines(new("s", "hash", "balancer", "problem", 0, cells), width);

        Assert.All(lines, line => Assert.True(line.Length <= width, $"{line.Length} > {width}: {line}"));
        Assert.Equal(cells.Length, lines.Sum(line => line.Split("5/5").Length - 1));
    }

    [Fact]
    public void A_study_without_cells_yet_says_where_its_trials_are()
    {
        var lines = MatrixText.Lines(CellEndpoints.Of(MadeStudy.View(MadeStudy.Plan(MadeStudy.Tuned, decisions: 1))), 80);

        Assert.EndsWith("trials of searches are in no cell", Assert.Single(lines), StringComparison.Ordinal);
    }

    private static CellModel Cell(int row, int column, int width) => new(
        (row * 9) + column, "", $"a row with quite a long name {row}", $"{(width > 100 ? "a long " : "")}column {column}", 5, 5, 0, 0, new(5, 0, 0, 0), 5, 1.5e-3, null, null, null);
}
