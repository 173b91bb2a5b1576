using System.Globalization;
using System.Text;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Planning;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Planning;

/// <summary>Tables that are too large for a definition.</summary>
public sealed class LargeTableTests : IDisposable
{
    private const string Problem = """
        problem: bent
        coordinates: {x: [0, 1], y: [0, 1]}
        equations: {p: laplacian(u) = 2}
        conditions: {ends: {on: x, expression: u = x^2}}
        free: [y-lower, y-upper]
        """;

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(12_000, "data: {file: t.csv}")]
    [InlineData(22_000, "data: {file: t.csv}")]
    [InlineData(12_000, "data: {file: t.csv, deviation: sd}")]
    [InlineData(22_000, "reference: {file: t.csv}")]
    public void A_large_table_is_kept_by_its_hash_and_means_what_it_says(int rows, string entry)
    {
        var hasDeviation = entry.Contains("sd", StringComparison.Ordinal);
        _folder.Write("t.csv", Table(rows, hasDeviation));
        var file = _folder.Write("my.yaml", $"{Problem}\n{entry}\n");

        var level = TrialWords.OfFile(file);
        var problem = PinnCatalog.Problem(level);

        Assert.True(level.ToMap().Canonical().Length < 2_000);
        if (entry.StartsWith("reference", StringComparison.Ordinal))
        {
            var value = new double[1];
            problem.Exact(problem.TestPoints.AsSpan(2 * 777, 2), value);
            Assert.Equal(rows, problem.TestPoints.Length / 2);
            Assert.Equal(problem.TestPoints[2 * 777] * problem.TestPoints[2 * 777], value[0], 1e-12);
        }
        else
        {
            var term = problem.Terms.Single(term => !term.MeasuredAt.IsEmpty);
            Assert.Equal(rows, term.MeasuredAt.Length / 2);
            Assert.Contains(ProblemFile.Summary(level), line => line.StartsWith($"data: {rows.ToString("N0", CultureInfo.InvariantCulture)} measurements", StringComparison.Ordinal));
        }

        Assert.Equal(level.ToMap().Canonical(), TrialWords.OfFile(file).ToMap().Canonical());
    }

    [Fact]
    public void A_study_as_stored_plans_the_same_trials_without_the_file()
    {
        _folder.Write("my.yaml", $"{Problem}\ndata: {{file: t.csv}}\n");
        var table = _folder.Write("t.csv", Table(22_000, hasDeviation: false));
        var source = StudySource.Load(_folder.Write("study.yaml", "study: large\nseeds: 2\nmetric: residual_l2\nfactors: {problem: {kind: file, path: my.yaml}}\nbudget: {steps: 10}\n"), []);
        var plan = source.Plan();
        File.Delete(table);

        var packed = source.Origin.Packed;

        Assert.True(packed.Length < 4_000);
        Assert.Equal(plan.Hash, StudySource.Packed(packed, "large (as stored)", []).Plan().Hash);
    }

    [Fact]
    public void What_is_wrong_in_one_is_told_with_its_line()
    {
        var text = Table(22_000, hasDeviation: false).Split('\n');
        text[20_000] = "0.5,never,1";
        _folder.Write("t.csv", string.Join('\n', text));

        var mistake = Assert.Throws<UserMistakeException>(() => TrialWords.OfFile(_folder.Write("my.yaml", $"{Problem}\ndata: {{file: t.csv}}\n")));

        Assert.Contains("t.csv:20001:5: data: expected a number; found 'never'", mistake.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("# pinnsweep table abc", "the line with the names of its columns is missing")]
    [InlineData("# pinnsweep table abc\n\n", "the line with the names of its columns is missing")]
    [InlineData("# pinnsweep table abc 3 rows\nx\ty\tu\n", "'abc': is no hash of a table")]
    [InlineData("# pinnsweep table HASH 1 rows\nx\ty\tu\tv\n", "the table has 6 numbers, which are no rows of 4 columns")]
    public void What_only_looks_like_the_name_of_one_is_a_mistake_of_the_file(string text, string told)
    {
        _folder.Write("t.csv", text.Replace("HASH", LargeTables.Keep([0, 0, 0, 1, 1, 1]), StringComparison.Ordinal));

        Assert.Contains(told, Assert.Throws<UserMistakeException>(() => TrialWords.OfFile(_folder.Write("my.yaml", $"{Problem}\ndata: {{file: t.csv}}\n"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_table_that_is_not_here_is_named_with_the_remedy()
    {
        var hash = LargeTables.Keep([1, 2, 3, .. Enumerable.Range(0, 10).Select(i => 0.1 * i)]);

        Assert.Equal(13, LargeTables.Load(hash).Length);
        Assert.Contains("PINNSWEEP_CACHE", Assert.Throws<UserMistakeException>(() => LargeTables.Load(new('0', 64))).Message, StringComparison.Ordinal);
        Assert.Contains("is no hash of a table", Assert.Throws<UserMistakeException>(() => LargeTables.Load("../../etc/passwd")).Message, StringComparison.Ordinal);
    }

    private static string Table(int rows, bool hasDeviation)
    {
        var random = new Random(rows);
        var text = new StringBuilder(hasDeviation ? "x,y,u,sd\n" : "x,y,u\n");
        for (var i = 0; i < rows; i++)
        {
            var (x, y) = (random.NextDouble(), random.NextDouble());
            text.Append(CultureInfo.InvariantCulture, $"{x},{y},{x * x}{(hasDeviation ? ",0.1" : "")}\n");
        }

        return text.ToString();
    }
}
