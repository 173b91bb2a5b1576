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
             "standardLibraryVersion": "GLIBCXX_3.4.30", "loads": {{(loads ? "true" : "false")}}, "cuda": false, "problem": "no such file"} }
            """;

        var findings = TrainerCheck.Read(0, answer, "", []).ToDictionary(finding => finding.Name, finding => finding.State);

        Assert.Equal(loads ? FindingState.Ok : FindingState.Missing, findings["libtorch"]);
        Assert.Equal(FindingState.Optional, findings["cuda"]);
    }

    [Theory]
    [InlineData(true, "one slot a GPU")]
    [InlineData(false, "computes on the processor")]
    public void Read_lists_the_gpus_and_says_whether_the_trainer_can_use_them(bool cuda, string says)
    {
        var answer = $$"""
            {"version": "0.1.0", "simdBits": 256, "torch": {"folder": "/x", "version": "2.10.0+cu128", "standardLibrary": "/lib/libstdc++.so.6",
             "standardLibraryVersion": "GLIBCXX_3.4.30", "loads": true, "cuda": {{(cuda ? "true" : "false")}}, "problem": null} }
            """;

        var findings = TrainerCheck.Read(0, answer, "", [new(0, "GPU-a", "NVIDIA H100", 80L << 30), new(1, null, "NVIDIA GPU", null)]).ToDictionary(finding => finding.Name);

        Assert.Equal(cuda ? FindingState.Ok : FindingState.Optional, findings["cuda"].State);
        Assert.StartsWith("GPU 0: NVIDIA H100, 80.0 GiB; GPU 1: NVIDIA GPU", findings["cuda"].Text, StringComparison.Ordinal);
        Assert.Contains(says, findings["cuda"].Text, StringComparison.Ordinal);
        Assert.StartsWith("2.10.0+cu128 ", findings["libtorch"].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"driver": "12.8", "cards": ["NVIDIA H200", "NVIDIA L4"], "problem": null}""", true, "cuda:1 NVIDIA L4")]
    [InlineData("""{"driver": null, "cards": [], "problem": "this machine has no CUDA driver"}""", false, "no CUDA driver")]
    public void Read_tells_which_cards_the_engine_of_the_driver_alone_could_use(string cuda, bool usable, string says)
    {
        var answer = $$"""
            {"version": "0.1.0", "simdBits": 256, "torch": {"folder": "/x", "version": "2.10.0", "standardLibrary": "/lib/libstdc++.so.6",
             "standardLibraryVersion": "GLIBCXX_3.4.30", "loads": true, "cuda": false, "problem": null}, "cuda": {{cuda}} }
            """;

        var finding = TrainerCheck.Read(0, answer, "", []).Single(finding => finding.Name == "cuda driver");

        Assert.Equal(usable ? FindingState.Ok : FindingState.Optional, finding.State);
        Assert.Contains(says, finding.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_crash_tells_the_first_line_of_its_error()
    {
        var finding = Assert.Single(TrainerCheck.Read(134, "", "\nGLIBCXX_3.4.32 not found\nat somewhere", []));

        Assert.Equal(FindingState.Missing, finding.State);
        Assert.Contains("GLIBCXX_3.4.32 not found", finding.Text, StringComparison.Ordinal);
        Assert.NotNull(finding.Remedy);
    }
}
