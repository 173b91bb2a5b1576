using PinnSweep.Diagnosis;

namespace PinnSweep.Tests.Diagnosis;

public class TrainerCheckTests
{
    [Fact]
    public void Read_answer_without_cuda_is_optional_not_missing()
    {
        var findings = TrainerCheck.Read(0, """{"libtorch": "2.10.0", "cuda": null}""", "");

        Assert.Equal([FindingState.Ok, FindingState.Optional], findings.Select(finding => finding.State));
    }

    [Fact]
    public void Read_crash_tells_the_first_line_of_its_error()
    {
        var finding = Assert.Single(TrainerCheck.Read(134, "", "\nGLIBCXX_3.4.32 not found\nat somewhere"));

        Assert.Equal(FindingState.Missing, finding.State);
        Assert.Contains("GLIBCXX_3.4.32 not found", finding.Text, StringComparison.Ordinal);
        Assert.NotNull(finding.Remedy);
    }
}
