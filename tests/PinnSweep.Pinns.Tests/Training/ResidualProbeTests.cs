using PinnSweep.Numerics.Streams;
using PinnSweep.Training.Steps;

namespace PinnSweep.Pinns.Tests.Training;

public sealed class ResidualProbeTests
{
    [Theory]
    [InlineData("fused")]
    [InlineData("torch")]
    public void Residuals_of_candidates_have_the_same_bits_on_one_core_and_on_many(string engine)
    {
        const int Candidates = 10_000;
        using var training = Trials.Begin(Trials.Small(), engine);
        training.Trial.Engine.SetParameters(training.Theta);
        var points = new double[Candidates * training.Trial.Problem.Dimension];
        new RandomStream(1, "candidates").FillUniform(points);
        using var alone = new ResidualProbe(training.Trial.Problem, training.Trial.Engine, () => 0);
        using var shared = new ResidualProbe(training.Trial.Problem, training.Trial.Engine, () => 2);
        var (one, many) = (new double[Candidates], new double[Candidates]);

        alone.Magnitudes(points, one);
        shared.Magnitudes(points, many);

        Assert.Equal(one, many);
        Assert.All(many, magnitude => Assert.True(magnitude > 0));
    }

    [Theory]
    [InlineData("0.20 0.18 0.12 1/80 11206", 2, 1)]
    [InlineData("0.20 0.18 0.12 0/80 11206", 2, 1)]
    [InlineData("2.00 1.18 0.12 2/80 11206", 2, 0)]
    [InlineData("64.0 64.0 64.0 65/900 11206", 2, 0)]
    [InlineData("1.00 1.00 1.00 3/900 11206", 16, 13)]
    [InlineData("what is this", 16, 0)]
    [InlineData("", 16, 0)]
    public void Cores_that_nothing_runs_on_are_idle(string line, int cores, int idle) => Assert.Equal(idle, IdleCores.Of(line, cores));
}
