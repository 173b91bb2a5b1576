using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Problems;
using PinnSweep.Problems.Formulation;
using PinnSweep.Problems.HardConstraints;
using PinnSweep.Problems.WellPosedness;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Domains that are no boxes, conditions and equations on parts, and places inside.</summary>
public sealed class PlaceFileTests
{
    internal const string LShape = """
        problem: l-shape
        coordinates: {x, y}
        domain: {polygon: [[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]}
        equations: {poisson: {expression: laplacian(u) + 2*pi^2*sin(pi*x)*sin(pi*y), scale: 20}}
        conditions: {walls: {on: boundary, expression: u}}
        exact: {u: sin(pi*x)*sin(pi*y)}
        """;

    internal const string Plate = """
        problem: plate
        coordinates: {x: [-1, 1], y: [-1, 1]}
        holes: [{polygon: [[-0.4, -0.2], [0.3, -0.4], [0.4, 0.2], [0, 0.5]]}]
        equations: {heat: laplacian(u)}
        conditions:
          ends:      {on: x, expression: u = exp(x)*cos(y)}
          insulated: {on: [y, holes], expression: dn(u - exp(x)*cos(y))}
        exact: {u: exp(x)*cos(y)}
        """;

    internal const string Interface = """
        problem: interface
        coordinates: {x: [0, 1], y: [0, 1]}
        outputs: {a: {where: x < 0.5}, b: {where: x > 0.5}}
        constants: {ka: 1, kb: 5}
        let: {source: 5*pi^2*sin(2*pi*x)*sin(pi*y)}
        equations:
          left:  {where: x < 0.5, expression: ka*laplacian(a) + source, scale: 50}
          right: {where: x > 0.5, expression: kb*laplacian(b) + source, scale: 50}
        conditions:
          walls-a:  {on: [x-lower, y], where: x < 0.5, expression: a}
          walls-b:  {on: [x-upper, y], where: x > 0.5, expression: b}
          together: {on: {x: 0.5}, expression: a = b}
          flux:     {on: {x: 0.5}, expression: ka*a_x = kb*b_x, scale: 6}
        exact: {a: sin(2*pi*x)*sin(pi*y)/ka, b: sin(2*pi*x)*sin(pi*y)/kb}
        """;

    private const string Heated = """
        problem: heated
        coordinates: {x, y, t: [0, 1]}
        time: t
        domain: {difference: [{box: {x: [0, 2], y: [0, 1]}, name: plate}, {disc: {centre: [2, 1], radius: 0.5}}]}
        sides: {cold: [plate-x-lower, disc-1]}
        equations: {heat: u_t = laplacian(u)}
        conditions:
          cold: {on: cold, expression: u}
          rest: {on: [plate-y-lower, plate-y-upper, plate-x-upper], expression: dn(u)}
          start: {on: t-lower, expression: u = 1}
        """;

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { LShape, "[[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]", "[[0, 0], [1, 1], [1, 0], [0, 1]]", "my.yaml:3:19: domain.polygon: edge-1 and edge-3 cross or touch at (0.5, 0.5)" },
        { LShape, "[[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]", "[[0, 0], [1, 0], [1, 0], [0, 1]]", "domain.polygon: vertices 2 and 3 are the same point" },
        { LShape, "[[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]", "[[0, 0], [2, 0], [1, 0], [0, 1]]", "domain.polygon: edge-1 and edge-2 lie on one another" },
        { LShape, "{polygon: [[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]}", "{union: [{disc: {centre: [0, 0], radius: 1}}, {disc: {centre: [3, 0], radius: 1}}]}", "my.yaml:3:1: domain: falls apart into 2 pieces (of area 3.142, 3.142); its parts have to overlap" },
        { LShape, "{polygon: [[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]}", "{difference: [{disc: {centre: [0, 0], radius: 1}}, {disc: {centre: [3, 0], radius: 1}}]}", "domain: 'disc-2' leaves no trace: it lies within other parts, or takes nothing away" },
        { LShape, "{polygon: [[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]}", "{difference: [{disc: {centre: [0, 0], radius: 1}}, {disc: {centre: [0, 0], radius: 2}}]}", "domain: nothing is left of it" },
        { LShape, "{polygon: [[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]}", "{polygons: []}", "domain: expected one of polygon, disc, annulus, box, union, difference, intersection, for instance {polygon: [[0, 0], [1, 0], [0, 1]]}; found 'polygons'" },
        { LShape, "{polygon: [[-1, -1], [1, -1], [1, 0], [0, 0], [0, 1], [-1, 1]]}", "{annulus: {centre: [0, 0], inner: 2, outer: 1}}", "domain.annulus: the inner radius must be below the outer one" },
        { LShape, "on: boundary", "on: [edge-1, edge-2, edge-3, edge-4]", "conditions: no condition on edge-5, though the domain ends there; add one, or list the side under 'free'" },
        { LShape, "on: boundary", "on: x", "conditions.walls.on: 'x' is no side; those of this domain are edge-1, edge-2, edge-3, edge-4, edge-5, edge-6" },
        { LShape, "on: boundary", "on: edge-7", "conditions.walls.on: 'edge-7' is no side; nearest 'edge-" },
        { LShape, "{x, y}", "{x: [-1, 2], y}", "coordinates.x: the domain reaches from -1 to 1; leave the range out" },
        { LShape, "{x, y}", "{x, y: [-1, 1], z: [0, 1]}", "domain: is a shape of the plane, so it needs exactly two coordinates beside time; there are 3" },
        { LShape, "on: boundary", "on: edge-1, where: x > 2", "conditions.walls.where: x > 2 keeps nothing of edge-1" },
        { LShape, "on: boundary", "on: edge-1, where: x < y", "conditions.walls.where: expected comparisons of one coordinate with a number each" },
        { LShape, "on: boundary", "on: edge-1, where: x > 1 and x < 0", "'x > 1 and x < 0' holds nowhere" },
        { LShape, "on: boundary", "on: {x: 3}", "conditions.walls.on: x = 3 lies outside the domain, where x runs from -1 to 1" },
        { LShape, "on: boundary", "on: {x: 0.5, y: 0.5}", "conditions.walls.on: x = 0.5 and y = 0.5 lies outside the domain" },
        { LShape, "on: boundary", "on: {z: 0.5}", "conditions.walls.on: 'z' is no coordinate" },
        { LShape, "walls: {on: boundary, expression: u}", "walls: {on: boundary, expression: u}, half: {on: edge-2, where: y < -0.5, expression: u = 1}", "conditions.half: contradicts 'walls' on edge-2: u would be 0 and 1 at x = 1, y = " },
        { Plate, "[0, 0.5]]", "[0, 1]]", "my.yaml:3:9: holes: hole-1 touches or leaves the domain, or meets another hole" },
        { Plate, "[0, 0.5]]}]", "[0, 0.5]]}, {centre: [0.4, 0.2], radius: 0.1}]", "my.yaml:3:71: holes: hole-2 touches or leaves the domain, or meets another hole" },
        { Plate, "[0, 0.5]]}]", "[0, 0.5]]}, {centre: [0, 0], radius: 0.05}]", "holes: hole-2 touches or leaves the domain" },
        { Plate, "on: [y, holes]", "on: [y, hole-1-edge-1]", "conditions: no condition on hole-1-edge-2, though the domain ends there" },
        { Plate, "on: x, expression: u =", "on: x, where: y > 0, expression: u =", "conditions: x-lower and x-upper together need 2 conditions, because the equations derive by x up to 2 times, and have 0 ('ends') at y = " },
        { Plate, "equations:", "sides: {x-lower: [y-lower]}\nequations:", "sides: 'x-lower' has a meaning of its own" },
        { Plate, "equations:", "sides: {hot: [hole-7]}\nequations:", "sides.hot: 'hole-7' is no side" },
        { Interface, "  flux:     {on: {x: 0.5}, expression: ka*a_x = kb*b_x, scale: 6}\n", "", "x-lower and x-upper together need 4 conditions, because the equations derive by x up to 2 times (order 4 together), and have 3 ('walls-a', 'walls-b', 'together')" },
        { Interface, "walls-b:  {on: [x-upper, y], where: x > 0.5, expression: b}", "walls-b:  {on: x-upper, expression: b}", "y-lower and y-upper together need 2 conditions, because the equations derive by y up to 2 times (order 2 together), and have 0 ('walls-a') at x = " },
        { Interface, "kb: 5", "kb: 4", "" },
        { Interface, "expression: kb*laplacian(b) + source", "expression: kb*laplacian(b) - source", "exact: does not solve the equation 'right'" },
        { Interface, "expression: ka*a_x = kb*b_x", "expression: a_x = b_x", "exact: does not keep the condition 'flux'" },
        { Interface, "{where: x > 0.5}}", "{where: x > 1.5}}", "outputs.b.where: x > 1.5 keeps nothing of the domain" },
        { Heated, "sides: {cold: [plate-x-lower, disc-1]}", "sides: {cold: [plate-x-lower]}", "conditions: no condition on disc-1, though the domain ends there" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void What_does_not_fit_is_told(string file, string written, string instead, string said)
    {
        Assert.Contains(written, file, StringComparison.Ordinal);
        var text = file.Replace(written, instead, StringComparison.Ordinal);

        if (said.Length == 0)
        {
            Assert.NotNull(Files.Read(text));
            return;
        }

        Assert.Contains(said, Files.Mistakes(text), StringComparison.Ordinal);
    }

    [Fact]
    public void A_domain_is_made_again_from_the_definition_of_its_level()
    {
        foreach (var text in new[] { LShape, Plate, Interface, Heated })
        {
            var level = Files.Read(text);
            var again = PinnCatalog.Problem(PinnSweep.Studies.Values.Level.FromMap(level.ToMap()));
            var problem = PinnCatalog.Problem(level);

            Assert.Equal(problem.Terms.SelectMany(term => term.Faces).Select(face => face.Name(problem)), again.Terms.SelectMany(term => term.Faces).Select(face => face.Name(again)));
            Assert.Equal(Region.Domain(problem).Measure, Region.Domain(again).Measure);
            Assert.Equal(problem.TestGrid(), again.TestGrid());
        }
    }

    [Fact]
    public void Sides_have_names_groups_and_normals()
    {
        var problem = Files.Problem(Heated);
        var region = Region.Side(problem, problem.Terms[1].Faces[1]);

        Assert.Equal(["plate-x-lower", "disc-1"], problem.Terms[1].Faces.Select(face => face.Name(problem)));
        Assert.Equal(2 - (Math.PI / 16), Region.Domain(problem).Measure, 1e-12);
        Assert.Equal((Math.PI / 4, 2), (Math.Round(region.Measure, 9) == Math.Round(Math.PI / 4, 9) ? Math.PI / 4 : region.Measure, region.FreeDimensions));

        // The derivative along the normal of u = x on the upper side is 0, on the right one 1, on the lower one 0.
        foreach (var face in problem.Terms[2].Faces)
        {
            var point = new double[3];
            Region.Side(problem, face).Place([0.3, 0.5], point);
            var expected = face.Name(problem) == "plate-x-upper" ? 1 : 0;
            Assert.Equal(expected, ExactJets.Evaluate(problem.Terms[2], (at, values) => values[0] = at[0], problem, point), 1e-6);
        }
    }

    [Fact]
    public void The_normal_of_several_sides_is_that_of_each()
    {
        var problem = Files.Problem(Plate);
        var term = problem.Terms[2];
        foreach (var face in term.Faces)
        {
            for (var share = 0.1; share < 1; share += 0.2)
            {
                var point = new double[2];
                Region.Side(problem, face).Place([share], point);
                var (nx, ny) = (Along(point, 1, 0), Along(point, 0, 1));

                // The file's own part −dn(exp(x) cos(y)) falls out of differences.
                Assert.Equal(1, (nx * nx) + (ny * ny), 1e-6);
                Assert.False(problem.Contains([point[0] + (1e-4 * nx), point[1] + (1e-4 * ny)]) && Math.Abs(point[0] + (1e-4 * nx)) < 1 && Math.Abs(point[1] + (1e-4 * ny)) < 1);
            }
        }

        double Along(double[] point, double a, double b) =>
            ExactJets.Evaluate(term, (at, values) => values[0] = (a * at[0]) + (b * at[1]), problem, point) - ExactJets.Evaluate(term, (_, values) => values[0] = 0, problem, point);
    }

    [Fact]
    public void An_end_inside_that_nothing_links_is_noticed()
    {
        var text = "problem: two\ncoordinates: {x: [0, 1]}\nequations: {a: {where: x < 0.5, expression: u_xx}, b: {where: x > 0.5, expression: 2*u_xx = 1}}\nconditions: {ends: {on: x, expression: u}}";

        Assert.Contains("equations.a: ends at x = 0.5, inside the domain, and no condition holds there; what links it with its neighbour stands on: {x: 0.5}", WellPosed.Notices(Files.Problem(text)));
        Assert.DoesNotContain(WellPosed.Notices(Files.Problem(text.Replace("{ends:", "{middle: {on: {x: 0.5}, expression: u_x = 1}, ends:", StringComparison.Ordinal))), notice => notice.Contains("ends at", StringComparison.Ordinal));
    }

    [Fact]
    public void A_condition_may_hold_for_a_part_of_the_time_and_one_at_a_point()
    {
        var problem = Files.Problem("""
            problem: pulse
            coordinates: {x: [0, 1], t: [0, 2]}
            time: t
            equations: {heat: u_t = u_xx}
            conditions:
              start: {on: t-lower, expression: u}
              on:    {on: x-lower, where: t < 0.5, expression: u = 1}
              off:   {on: x-lower, where: t > 0.5, expression: u_x}
              right: {on: x-upper, expression: u}
              probe: {on: {x: 0.25, t: 1}, expression: u = 0.1}
            """);

        Assert.Equal(0.5, Region.Side(problem, problem.Terms[2].Faces[0]).Measure, 1e-15);
        Assert.Equal("x-lower where t > 0.5", problem.Terms[3].Faces[0].Name(problem));
        Assert.Equal((0, "x = 0.25 and t = 1"), (Region.Side(problem, problem.Terms[5].Faces[0]).FreeDimensions, problem.Terms[5].Faces[0].Name(problem)));
    }

    [Fact]
    public void A_short_name_with_where_leaves_out_the_sides_beyond()
    {
        var problem = Files.Problem(LShape.Replace("walls: {on: boundary, expression: u}", "low: {on: boundary, where: y < -0.5, expression: u}, high: {on: boundary, where: y > -0.5, expression: u}", StringComparison.Ordinal));

        Assert.Equal(["edge-1", "edge-2", "edge-6"], problem.Terms[1].Faces.Select(face => face.Whole.Name(problem)));
        Assert.Equal(2 + 0.5 + 0.5, problem.Terms[1].Faces.Sum(face => Region.Side(problem, face).Measure), 1e-12);
        Assert.Equal(8 - 3, problem.Terms[2].Faces.Sum(face => Region.Side(problem, face).Measure), 1e-12);
    }

    [Fact]
    public void A_hard_form_keeps_conditions_on_edges()
    {
        var problem = Files.Problem(LShape.Replace("exact:", "hard: {u: {lift: 0, multiplier: (x^2 - 1)*(y^2 - 1)*x*y}}\nexact:", StringComparison.Ordinal));

        Assert.Equal(["poisson"], HardConstraint.Apply(problem).Terms.Select(term => term.Name));
    }
}
