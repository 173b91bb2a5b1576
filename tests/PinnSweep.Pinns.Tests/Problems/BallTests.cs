using PinnSweep.Methods.Samplers;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.Samplers;
using PinnSweep.Problems.Equations;
using PinnSweep.Problems.Formulation;

namespace PinnSweep.Pinns.Tests.Problems;

/// <summary>A ball in any number of dimensions as the image of a cube.</summary>
public sealed class BallTests
{
    private static readonly Problem Heat = HeatND.Entry.Create(MethodLevels.Of(HeatND.Entry.Method));

    public static TheoryData<string> Kinds => [.. SamplerCatalog.All.Where(entry => entry.WhyNotApplicable(SamplerConformanceTests.Level(entry.Method.Kind, "{}"), Heat) is null).Select(entry => entry.Method.Kind)];

    [Theory]
    [InlineData(2, 2 * Math.PI, Math.PI)]
    [InlineData(3, 4 * Math.PI, 4 * Math.PI / 3)]
    [InlineData(4, 2 * Math.PI * Math.PI, Math.PI * Math.PI / 2)]
    [InlineData(5, 8 * Math.PI * Math.PI / 3, 8 * Math.PI * Math.PI / 15)]
    public void Measures_are_those_of_the_textbook(int dimension, double sphere, double volume)
    {
        Assert.Equal(sphere, new Ball(dimension, 1).Sphere, 1e-12);
        Assert.Equal(volume, new Ball(dimension, 1).Volume, 1e-12);
        Assert.Equal(volume * Math.Pow(2, dimension), new Ball(dimension, 2).Volume, 1e-9);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(7)]
    public void Equal_parts_of_the_cube_are_equal_parts_of_the_ball_and_of_its_sphere(int dimension)
    {
        // Over the ball of radius 1 the mean of xᵢ² is 1/(d + 2), of xᵢ⁴ 3/((d + 2)(d + 4)); over its sphere they are 1/d and 3/(d(d + 2)).
        var problem = HeatND.Entry.Create(MethodLevels.Of(HeatND.Entry.Method, ("dimension", dimension)));
        var d = (double)dimension;
        var inside = problem.TestGrid().Chunk(dimension + 1).ToList();
        var sphere = OnSphere(problem);

        Assert.Equal(ScatteredPoints.Usual, inside.Count);
        Assert.All(inside, point => Assert.True(problem.Contains(point)));
        Assert.All(sphere, point => Assert.True(Region.Side(problem, Face.Sphere).IsOn(point)));
        for (var axis = 0; axis < dimension; axis++)
        {
            Assert.Equal(1 / (d + 2), inside.Average(point => Math.Pow(point[axis], 2)), 3e-3);
            Assert.Equal(3 / ((d + 2) * (d + 4)), inside.Average(point => Math.Pow(point[axis], 4)), 3e-3);
            Assert.Equal(1 / d, sphere.Average(point => Math.Pow(point[axis], 2)), 3e-3);
            Assert.Equal(3 / (d * (d + 2)), sphere.Average(point => Math.Pow(point[axis], 4)), 4e-3);
        }
    }

    [Fact]
    public void Only_elements_of_a_box_cannot_fill_a_ball() =>
        Assert.Equal(["vpinn"], SamplerCatalog.All.Select(entry => entry.Method.Kind).Except(Kinds.Select(row => row.Data)));

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_sampler_fills_the_ball_and_its_sphere(string kind)
    {
        var sampler = SamplerConformanceTests.Create(kind, "{}", Heat);

        for (var k = 0; k < Heat.Terms.Length; k++)
        {
            var (points, region) = (sampler.Points(k).ToArray().Chunk(Heat.Dimension).ToList(), Region.Of(Heat, Heat.Terms[k]).Single());
            Assert.NotEmpty(points);
            Assert.All(points, point => Assert.True(Heat.Contains(point) && region.IsOn(point)));
        }
    }

    [Fact]
    public void A_domain_in_a_ball_ends_at_its_sphere_and_in_time() =>
        Assert.Equal(["t-lower", "t-upper", "sphere"], DomainSides.Of(Heat).Select(side => side.Name(Heat)));

    private static List<double[]> OnSphere(Problem problem)
    {
        var region = Region.Side(problem, Face.Sphere);
        var sobol = SamplerCatalog.All.Single(entry => entry.Method.Kind == "sobol");
        var sampler = sobol.Create(MethodLevels.Of(sobol.Method, ("interior", 16), ("initial", 16), ("boundary", 16_384)), problem, 1);
        Assert.Equal(problem.Dimension - 1, region.FreeDimensions);
        return [.. sampler.Points(1).ToArray().Chunk(problem.Dimension)];
    }
}
