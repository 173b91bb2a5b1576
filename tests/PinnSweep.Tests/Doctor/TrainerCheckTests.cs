using PinnSweep.Doctor;

namespace PinnSweep.Tests.Doctor;

public class TrainerCheckTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Read_answer_tells_whether_libtorch_loads_and_never_asks_for_a_gpu(bool loads)
    {
        var answer = $$"""
            {"version": "0.1.0", "commit": "abc", "machine": "here", "simdBits": 256, "torch": {"folder": "/x", "standardLibrary": "/lib/libstdc++.so.6",
             "standardLibraryVersion": "GLIBCXX_3.4.30", "version": "2.10.0+cu128", "loads": {{(loads ? "true" : "false")}}, "cuda": false, "problem": "no such file"} }
            """;

        var findings = TrainerCheck.Read(0, answer, "", GpuSight.Nothing).ToDictionary(finding => finding.Name);

        Assert.Equal(loads ? FindingState.Ok : FindingState.Missing, findings["libtorch"].State);
        Assert.Equal(FindingState.Optional, findings["gpu"].State);
        Assert.Equal(loads, findings["libtorch"].Text.StartsWith("2.10.0+cu128 ", StringComparison.Ordinal));
    }

    [Fact]
    public void Read_crash_tells_the_first_line_of_its_error()
    {
        var finding = Assert.Single(TrainerCheck.Read(134, "", "\nGLIBCXX_3.4.32 not found\nat somewhere", GpuSight.Nothing));

        Assert.Equal(FindingState.Missing, finding.State);
        Assert.Contains("GLIBCXX_3.4.32 not found", finding.Text, StringComparison.Ordinal);
        Assert.NotNull(finding.Remedy);
    }
}
