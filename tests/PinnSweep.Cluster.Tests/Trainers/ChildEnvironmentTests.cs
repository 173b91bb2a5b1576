using PinnSweep.Cluster.Trainers;

namespace PinnSweep.Cluster.Tests.Trainers;

public class ChildEnvironmentTests
{
    [Theory]
    [InlineData("PINNSWEEP_TOKEN")]
    [InlineData("PINNSWEEP_STORE")]
    [InlineData("PINNSWEEP_URL")]
    [InlineData("PINNSWEEP_SEQ_API_KEY")]
    [InlineData("PINNSWEEP_TLS")]
    [InlineData("PGPASSWORD")]
    [InlineData("PGPASSFILE")]
    [InlineData("GITHUB_TOKEN")]
    [InlineData("AWS_SECRET_ACCESS_KEY")]
    [InlineData("DB_PASSWORD")]
    [InlineData("OTEL_EXPORTER_OTLP_HEADERS")]
    public void A_trainer_gets_no_secrets(string name) => Assert.False(ChildEnvironment.IsPassedOn(name));

    [Theory]
    [InlineData("CUDA_VISIBLE_DEVICES")]
    [InlineData("NVIDIA_VISIBLE_DEVICES")]
    [InlineData("OMP_NUM_THREADS")]
    [InlineData("DOTNET_ROOT")]
    [InlineData("LD_LIBRARY_PATH")]
    [InlineData("HOME")]
    [InlineData("PATH")]
    [InlineData("LANG")]
    [InlineData("TMPDIR")]
    [InlineData("XDG_CACHE_HOME")]
    [InlineData("SLURM_JOB_ID")]
    [InlineData("PINNSWEEP_LIBTORCH")]
    [InlineData("PINNSWEEP_CACHE")]
    public void A_trainer_gets_what_computing_needs(string name) => Assert.True(ChildEnvironment.IsPassedOn(name));

    [Fact]
    public void What_is_given_to_a_trainer_by_name_is_stronger()
    {
        var start = new TrainerLaunch("trainer", new Dictionary<string, string> { ["PINNSWEEP_CHOSEN"] = "yes" }).StartInfo();

        Assert.Equal("yes", start.Environment["PINNSWEEP_CHOSEN"]);
        Assert.All(start.Environment.Keys, name => Assert.True(name == "PINNSWEEP_CHOSEN" || ChildEnvironment.IsPassedOn(name), name));
    }
}
