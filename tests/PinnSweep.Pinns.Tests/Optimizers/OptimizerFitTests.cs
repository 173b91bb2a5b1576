using PinnSweep.Methods.Balancers.OnGradients;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Methods.Networks;
using PinnSweep.Methods.Optimizers;
using PinnSweep.Methods.Samplers.Adaptive;
using PinnSweep.Methods.Samplers.Designs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Studies.Catalogs;
using PinnSweep.Studies.Values;

namespace PinnSweep.Pinns.Tests.Optimizers;

/// <summary>Which optimizers go with which of the other levels, and what the plan says where they do not.</summary>
public sealed class OptimizerFitTests
{
    [Theory]
    [InlineData("ssbfgs", 6000)]
    [InlineData("ssbroyden", 6000)]
    [InlineData("gauss-newton-ratio", 3000)]
    [InlineData("levenberg-marquardt", 3000)]
    [InlineData("natural-gradient", 3000)]
    public void A_network_too_large_for_a_dense_matrix_is_not_applicable(string kind, int most)
    {
        var levels = Levels(kind);
        levels = levels with { Network = MethodLevels.Of(Mlp.Entry.Method, ("hidden", new[] { 100, 100 })) };

        var reason = PinnCatalog.Instance.WhyNotApplicable(levels);

        Assert.Equal($"{kind} keeps a dense matrix and takes at most {most} parameters; this network has 10501", reason);
    }

    [Theory]
    [InlineData("lbfgs")]
    [InlineData("adam-lbfgs")]
    [InlineData("ssbroyden")]
    [InlineData("gauss-newton-ratio")]
    [InlineData("levenberg-marquardt")]
    [InlineData("nncg")]
    public void Balancers_that_combine_gradients_have_no_loss_to_search_along(string kind)
    {
        var reason = PinnCatalog.Instance.WhyNotApplicable(Levels(kind) with { Balancer = MethodLevels.Of(PcGrad.Entry.Method) });

        Assert.Equal($"{kind} follows the gradient of one loss; balancer 'pcgrad' combines the terms' gradients into a direction that belongs to none", reason);
    }

    [Theory]
    [InlineData("lbfgs", true)]
    [InlineData("ssbroyden", true)]
    [InlineData("nncg", true)]
    [InlineData("levenberg-marquardt", false)]
    [InlineData("adam", false)]
    [InlineData("soap", false)]
    public void New_points_at_every_step_leave_quasi_newton_methods_without_neighbours(string kind, bool refused)
    {
        Level Sampler(int every) => MethodLevels.Of(UniformSampler.Entry.Method, ("resample_every", every));

        var atEveryStep = PinnCatalog.Instance.WhyNotApplicable(Levels(kind) with { Sampler = Sampler(1) });
        var nowAndThen = PinnCatalog.Instance.WhyNotApplicable(Levels(kind) with { Sampler = Sampler(100) });

        Assert.Equal(refused ? $"{kind} compares losses of neighbouring steps; this sampler draws new points at every step" : null, atEveryStep);
        Assert.Null(nowAndThen);
        var retained = PinnCatalog.Instance.WhyNotApplicable(Levels(kind) with { Sampler = MethodLevels.Of(RetainResampleRelease.Entry.Method) });
        Assert.Equal(atEveryStep, retained);
    }

    [Fact]
    public void Single_precision_is_advised_against_where_it_spoils_the_method()
    {
        foreach (var entry in OptimizerCatalog.All.Where(entry => entry.Method.Kind != "phases"))
        {
            foreach (var precision in Enum.GetValues<Precision>())
            {
                var notes = new List<string>();
                var description = Trials.Small(steps: 20000, precision: precision);
                entry.Advise(description with { Levels = description.Levels with { Optimizer = MethodLevels.Of(entry.Method) } }, [1.0], notes.Add);

                var isFirstOrder = entry.Method.Kind is "adam" or "sgd" or "soap" or "muon";
                Assert.Equal(precision == Precision.Float32 && !isFirstOrder ? 1 : 0, notes.Count);
            }
        }
    }

    [Fact]
    public void A_training_counts_what_its_line_search_asked()
    {
        var description = Trials.Small(steps: 30);
        using var training = Trials.Begin(description with { Levels = Levels("ssbroyden"), EvaluateEvery = 30 }).RunToEnd();

        var searched = training.Trial.Events.Counts[OptimizerEvents.Gradients];

        Assert.InRange(searched, 30, 90);
        Assert.DoesNotContain(OptimizerEvents.Values, training.Trial.Events.Counts.Keys);
    }

    private static CellLevels Levels(string kind) => Trials.Small().Levels with { Optimizer = MethodLevels.Of(OptimizerCatalog.Find(kind).Method) };
}
