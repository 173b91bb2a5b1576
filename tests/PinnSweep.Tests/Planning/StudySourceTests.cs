using PinnSweep.Planning;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Testing.Processes;

namespace PinnSweep.Tests.Planning;

public class StudySourceTests
{
    private const string Study = """
        study: small
        seeds: 2
        factors:
          problem: [helmholtz]
          balancer: [static, relobralo]
        budget: {steps: 10}
        """;

    [Fact]
    public void A_packed_study_plans_the_same_trials_overrides_included()
    {
        using var folder = new TemporaryFolder();
        var source = StudySource.Load(folder.Write("small.yaml", Study), ["seeds=[4, 5, 6]", "budget.steps=7"]);

        var again = StudySource.Packed(source.Origin.Packed, "small (as stored)", []);

        Assert.Equal(source.Plan().Hash, again.Plan().Hash);
        Assert.Equal(6, again.Plan().Trials.Length);
        Assert.Equal(7, again.Plan().Spec.Budget.Steps);
    }

    [Fact]
    public void Load_of_a_built_in_study_plans() => Assert.NotEmpty(StudySource.Load("quickstart", []).Plan().Trials);

    [Theory]
    [InlineData("quickstrat", "nearest 'quickstart'")]
    [InlineData("/", "is a folder")]
    public void Load_of_what_is_no_study_says_what_is_meant(string study, string message) =>
        Assert.Contains(message, Assert.Throws<UserMistakeException>(() => StudySource.Load(study, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void Load_of_a_pair_without_sign_shows_the_form()
    {
        var mistake = Assert.Throws<UserMistakeException>(() => StudySource.Load("quickstart", ["budget.steps"]));

        Assert.Contains("expected KEY=VALUE", mistake.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Load_of_bytes_that_are_no_text_is_refused()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["binary.yaml"], [0xff, 0xfe, 0x80]);

        var mistake = Assert.Throws<UserMistakeException>(() => StudySource.Load(folder["binary.yaml"], []));

        Assert.Contains("no UTF-8", mistake.Message, StringComparison.Ordinal);
    }
}
