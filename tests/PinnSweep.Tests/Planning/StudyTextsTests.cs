using PinnSweep.Planning;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Trials;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Planning;

public class StudyTextsTests
{
    private const string Study = """
        study: mine
        seeds: 1
        factors: {problem: {kind: file, path: parts/my.yaml}}
        budget: {steps: 10}
        """;

    private const string Problem = """
        problem: my-problem
        coordinates: {x: [0, 1]}
        equations: {residual: u_xx = 1}
        conditions: {ends: {on: x, expression: u}}
        exact: {u: x*(x - 1)/2}
        """;

    [Fact]
    public void A_study_as_stored_plans_the_same_trials_when_its_files_have_gone()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["parts"]);
        var file = folder.Write("parts/my.yaml", Problem);
        var source = StudySource.Load(folder.Write("study.yaml", Study), ["seeds=2"]);
        var plan = source.Plan();
        File.Delete(file);

        var again = StudySource.Packed(source.Origin.Packed, "mine (as stored)", []).Plan();

        Assert.Equal(plan.Hash, again.Hash);
        Assert.Equal("my-problem", again.Cells[0].Labels[Factor.Problem]);
    }

    [Theory]
    [InlineData("../outside.yaml", "lies outside")]
    [InlineData("parts/../../outside.yaml", "lies outside")]
    [InlineData("/etc/passwd", "expected a path relative to the study file")]
    [InlineData("link.yaml", "is a link to a place outside")]
    [InlineData("linked/outside.yaml", "is a link to a place outside")]
    [InlineData("absent.yaml", "there is no such file")]
    [InlineData("parts", "there is no such file")]
    public void A_path_that_leaves_the_folder_or_leads_nowhere_is_refused(string path, string message)
    {
        using var outside = new TemporaryFolder();
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["inner/parts"]);
        folder.Write("outside.yaml", Problem);
        File.CreateSymbolicLink(folder["inner/link.yaml"], outside.Write("outside.yaml", Problem));
        Directory.CreateSymbolicLink(folder["inner/linked"], Path.GetDirectoryName(outside["outside.yaml"])!);

        var mistake = Assert.Throws<UserMistakeException>(() => StudyTexts.Beside(folder["inner/study.yaml"]).Of(path));

        Assert.Contains(message, mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_the_user_allows_is_read_too()
    {
        using var folder = new TemporaryFolder();
        Directory.CreateDirectory(folder["studies"]);
        Directory.CreateDirectory(folder["problems"]);
        Directory.CreateDirectory(folder["others"]);
        folder.Write("problems/my.yaml", Problem);
        File.CreateSymbolicLink(folder["problems/link.yaml"], folder.Write("others/my.yaml", Problem));
        var study = folder.Write("studies/study.yaml", Study.Replace("parts/my.yaml", "../problems/my.yaml", StringComparison.Ordinal));

        var refused = Assert.Throws<UserMistakeException>(() => StudySource.Load(study, []).Plan());
        var plan = StudySource.Load(study, [], folder["problems"]).Plan();
        var far = Assert.Throws<UserMistakeException>(() => StudyTexts.Beside(study, [folder["problems"]]).Of("../problems/link.yaml"));

        Assert.Contains($"--allow-folder {folder["problems"]} lets it be read", refused.Message, StringComparison.Ordinal);
        Assert.Equal("my-problem", plan.Cells[0].Labels[Factor.Problem]);
        Assert.Contains($"--allow-folder {folder["others"]} lets it be read", far.Message, StringComparison.Ordinal);
        Assert.Equal(Problem, StudyTexts.Beside(study, [folder["problems"], folder["others"]]).Of("../problems/link.yaml"));
        Assert.Contains("is no folder", Assert.Throws<UserMistakeException>(() => StudyTexts.Beside(study, [study])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_within_the_folder_is_followed()
    {
        using var folder = new TemporaryFolder();
        File.CreateSymbolicLink(folder["link.yaml"], folder.Write("target.yaml", Problem));

        Assert.Equal(Problem, StudyTexts.Beside(folder["study.yaml"]).Of("link.yaml"));
    }

    [Fact]
    public void A_built_in_study_names_no_files() =>
        Assert.Contains("only a study that is a file itself", Assert.Throws<UserMistakeException>(() => StudyTexts.None.Of("my.yaml")).Message, StringComparison.Ordinal);

    [Fact]
    public void Train_takes_the_path_of_a_problem_file()
    {
        using var folder = new TemporaryFolder();
        var words = FactorWords.All.ToDictionary(factor => factor, _ => (string?)null);
        words[Factor.Problem] = folder.Write("my.yaml", Problem);

        var description = TrialWords.Describe(words, Budget.OfSteps(1), 1);

        Assert.Equal("my-problem", description.Levels.Problem.Kind);
    }
}
