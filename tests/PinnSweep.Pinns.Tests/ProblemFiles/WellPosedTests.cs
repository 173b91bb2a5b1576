using System.Collections.Immutable;
using PinnSweep.Methods.Catalogs;
using PinnSweep.Pinns.Tests.Balancers;
using PinnSweep.Pinns.Tests.ProblemFiles.Cases;
using PinnSweep.Problems.Equations;
using PinnSweep.Methods.Samplers;
using PinnSweep.Pinns.Tests.Training;
using PinnSweep.Problems.ProblemFiles;
using PinnSweep.Problems.WellPosedness;
using PinnSweep.Studies.Catalogs;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>
/// What a problem file says is held against itself before anything is trained: conditions are counted, and solutions are put into the
/// equations that they stand beside.
/// </summary>
public sealed class WellPosedTests
{
    private const string Wave = """
        problem: wave-of-mine
        coordinates: {x: [0, 1], t: [0, 1]}
        time: t
        equations: {wave: u_tt = u_xx}
        conditions: {ends: {on: x, expression: u}, start: {on: t-lower, expression: u = sin(pi*x)}, speed: {on: t-lower, expression: u_t}}
        exact: {u: sin(pi*x)*cos(pi*t)}
        """;

    private const string Poisson = """
        problem: poisson-of-mine
        coordinates: {x: [0, 1]}
        equations: {p: u_xx + pi^2*sin(pi*x)}
        conditions: {ends: {on: x, expression: u}}
        exact: {u: sin(pi*x)}
        """;

    private const string Stokes = """
        problem: stokes-of-mine
        coordinates: {x: [0, 1], y: [0, 1]}
        outputs: [u, v, p]
        equations: {mx: u_xx + u_yy = p_x, my: v_xx + v_yy = p_y, mass: u_x + v_y}
        conditions:
          u-walls: {on: [x, y-lower], expression: u}
          u-lid: {on: y-upper, expression: "u = 16*x^2*(1 - x)^2"}
          v-walls: {on: [x, y], expression: v}
        """;

    public static TheoryData<string> Sound => [Wave, Poisson, CaseTexts.Oscillators.Replace("outputs:", "time: t\noutputs:", StringComparison.Ordinal), Stokes, CaseTexts.Nonlocal, CaseTexts.Beam];

    // Its measurements stand in for all conditions, as in its paper.
    private const string BurgersInverse = "burgers-inverse";

    // The file, what a person wrote in place of what, and what is said.
    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        { Wave, ", speed: {on: t-lower, expression: u_t}", "", "my.yaml:5:1: conditions: t-lower needs 2 conditions, because the equations derive by t up to 2 times, and has 1 ('start'); u_t is not given there; add one, or list the side under 'free'" },
        { Wave, "start: {on: t-lower, expression: u = sin(pi*x)}, ", "", "conditions: t-lower needs 2 conditions, because the equations derive by t up to 2 times, and has 1 ('speed'); u is not given there" },
        { Wave, "speed: {on: t-lower, expression: u_t}", "speed: {on: t-lower, expression: u = sin(pi*x)}", "conditions.speed: says the same as 'start' on t-lower; leave one out" },
        { Wave, "speed: {on: t-lower, expression: u_t}", "speed: {on: t-lower, expression: u = cos(pi*x)}", "conditions.speed: contradicts 'start' on t-lower: u would be" },
        { Wave, "u = sin(pi*x)}", "u = 2*sin(pi*x)}", "exact: does not keep the condition 'start'" },
        { Wave, "u_tt = u_xx", "u_tt = 4*u_xx", "exact: does not solve the equation 'wave'" },
        { Wave, "u: sin(pi*x)*cos(pi*t)", "u: sin(pi*x)*cos(2*pi*t)", "exact: does not solve the equation 'wave'" },
        { Wave, "x: [0, 1]", "x: [0, 1.5]", "exact: does not keep the condition 'ends'" },
        { Wave, "time: t\n", "", "no condition on t-upper, though the equations derive by t up to 2 times; add one, or list the side under 'free' if the problem leaves it open; if t is time, say time: t" },
        { Wave, "on: t-lower, expression: u = sin(pi*x)", "on: x-lower, expression: u = sin(pi*t)", "conditions.start: contradicts 'ends' on x-lower" },
        { Poisson, "exact: {u: sin(pi*x)}", "exact: {u: -sin(pi*x)}", "my.yaml:5:1: exact: does not solve the equation 'p': the residual is 19.7 at x = 0.5" },
        { Poisson, "exact: {u: sin(pi*x)}", "exact: {u: -sin(pi*x)}", "with -(u) in its place it would" },
        { Poisson, "exact: {u: sin(pi*x)}", "exact: {u: sin(pi*x) + 0.1}", "exact: does not keep the condition 'ends'" },
        { Poisson, "exact: {u: sin(pi*x)}", "exact: {u: 1000*sin(pi*x)}", "exact: does not solve the equation 'p'" },
        { Poisson, "exact: {u: sin(pi*x)}", "exact: {u: sin(pi*x)}\ndata: {columns: [x, u], values: [[0.25, -0.7071], [0.5, -1]]}", "data: 'data' is -1 at x = 0.5 where 'exact' has 1" },
        { Poisson, "exact: {u: sin(pi*x)}", "free: x-lower\nhard: {u: {lift: 1 - x, multiplier: x*(1 - x)}}", "hard: prescribes what condition 'ends' contradicts: its residual is 1 at x = 0" },
        { Poisson.Replace("exact: {u: sin(pi*x)}", "", StringComparison.Ordinal), "coordinates: {x: [0, 1]}", "coordinates: {x: [0, 1]}\noutputs: [u, v]", "outputs: 'v' occurs in no equation, condition or measurement, so nothing determines it" },
        { Poisson, "coordinates: {x: [0, 1]}", "coordinates: {x: [0, 1]}\ncoefficients: {k: 1}", "coefficients: 'k' occurs in no equation or condition" },
        { CaseTexts.Oscillators, "none", "none", "no condition on t-upper, though the equations derive by t up to 2 times; add one, or list the side under 'free' if the problem leaves it open; if t is time, say time: t" },
        { CaseTexts.Oscillators, "  dv0: {on: t-lower, expression: v_t = 9.259}", "time: t", "t-lower needs 4 conditions, because the equations derive by t up to 2 times (order 4 together), and has 3 ('u0', 'v0', 'du0'); v_t is not given there" },
        { Stokes, "  v-walls: {on: [x, y], expression: v}", "", "x-lower and x-upper together need 4 conditions, because the equations derive by x up to 2 times (order 4 together), and have 2" },
        { CaseTexts.Nonlocal, "  whole: {on: x-upper, expression: w = I}\n", "", "x-lower and x-upper together need 4 conditions, because the equations derive by x up to 2 times (order 4 together), and have 3" },
        { CaseTexts.Beam, "data:", "exact: {u: 0}\ndata:", "exact: does not solve the equation 'beam'" },
        { Wave, "x: [0, 1]", "x: {range: [0, 1.5], periodic: true}", "conditions.ends.on: 'x' is no side" },
    };

    public static TheoryData<string> BuiltIn => [.. ProblemCatalog.All.Select(entry => entry.Method.Kind).Where(kind => kind != BurgersInverse)];

    [Theory]
    [MemberData(nameof(Sound))]
    public void What_fits_together_is_read(string text) => Assert.NotNull(Files.Read(text));

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void What_does_not_is_refused(string text, string right, string wrong, string told)
    {
        var changed = text.Replace(right, wrong, StringComparison.Ordinal);
        Assert.True(changed != text || right == wrong);

        Assert.Contains(told, Files.Mistakes(changed), StringComparison.Ordinal);
    }

    [Fact]
    public void A_start_that_does_not_close_on_a_periodic_coordinate_is_refused() => Assert.Contains(
        "conditions.start: does not close on the periodic coordinate x: u is 0 at its lower end and 2 at its upper one",
        Files.Mistakes("problem: open-end\ncoordinates: {x: {range: [0, 2], periodic: true}, t: [0, 1]}\ntime: t\nequations: {go: u_t + u_x}\nconditions: {start: {on: t-lower, expression: u = x}}"),
        StringComparison.Ordinal);

    [Fact]
    public void Values_that_leap_where_sides_meet_are_told_and_trained()
    {
        var level = Files.Read("problem: heated\ncoordinates: {x: [0, 1], t: [0, 1]}\ntime: t\nequations: {heat: u_t = u_xx}\nconditions: {ends: {on: x, expression: u = 1}, start: {on: t-lower, expression: u}}");

        Assert.Contains("heated: conditions.start: 'ends' and 'start' disagree where they meet: u is 1 and 0 at x = 0, t = 0", string.Join('\n', ProblemFile.Notices(level, PinnCatalog.Problem)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_pressure_that_nothing_fixes_is_measured_without_its_mean()
    {
        var level = Files.Read(Stokes);

        Assert.Equal([2], PinnCatalog.Problem(level).FreeOfMean);
        Assert.Contains("stokes-of-mine: outputs: 'p' occurs by its derivatives alone, so any constant may be added to it; its error is measured without the mean", ProblemFile.Notices(level, PinnCatalog.Problem));
        Assert.Empty(PinnCatalog.Problem(Files.Read(Poisson)).FreeOfMean);
    }

    [Fact]
    public void What_is_singular_where_no_point_lies_is_trained()
    {
        const string Ball = """
            problem: ball-conduction
            coordinates: {r: [0, 1], t: [0, 0.5]}
            time: t
            equations: {heat: u_t = u_rr + 2/r*u_r}
            conditions: {centre: {on: r-lower, expression: u_r}, skin: {on: r-upper, expression: u}, start: {on: t-lower, expression: u = 1 - r^2}}
            """;

        foreach (var sampler in SamplerCatalog.All)
        {
            var small = Trials.Small(steps: 5, problem: Files.Read(Ball));
            var level = MethodLevels.Of(sampler.Method);
            var levels = new CellLevels(small.Levels.Problem, small.Levels.Network, small.Levels.Balancer, level, small.Levels.Optimizer, small.Levels.Time, small.Levels.Precision);
            if (PinnCatalog.Instance.WhyNotApplicable(levels) is null)
            {
                using var training = Trials.Begin(small with { Levels = levels }).RunToEnd();

                Assert.Null(training.Result(Trials.Evidence).NonFinite);
            }
        }
    }

    [Fact]
    public void Free_sides_are_left_open() => Assert.NotNull(Files.Read(Wave.Replace(", speed: {on: t-lower, expression: u_t}", "", StringComparison.Ordinal).Replace("equations:", "free: t-lower\nequations:", StringComparison.Ordinal)));

    [Theory]
    [MemberData(nameof(BuiltIn))]
    public void Every_problem_of_the_catalog_is_well_posed(string kind)
    {
        var entry = ProblemCatalog.All.Single(entry => entry.Method.Kind == kind);
        var problem = entry.Create(MethodLevels.Of(entry.Method));

        // The start of this one is left open, as published: measurements tell it.
        ImmutableArray<string> free = kind == "heat-inverse" ? ["t-lower"] : [];
        Assert.Empty(WellPosed.Check(problem, free).Where(flaw => !flaw.IsNotice).Select(flaw => $"{flaw.Key}: {flaw.Text}"));
    }

    [Fact]
    public void A_slope_that_is_nothing_on_every_side_is_kept_to_rounding() => Assert.NotEmpty(Files.Problem("""
        problem: insulated
        coordinates: {x: [0, 1], y: [0, 1]}
        equations: {p: laplacian(u) + 2*pi^2*cos(pi*x)*cos(pi*y) = 0}
        conditions: {n: {on: [x, y], expression: dn(u)}}
        exact: {u: cos(pi*x)*cos(pi*y)}
        """).Terms);

    [Fact]
    public void A_flow_may_leave_by_its_pressure_alone_and_a_distance_begin_inside()
    {
        const string Channel = """
            problem: channel
            coordinates: {x: [0, 2], y: [0, 1]}
            outputs: [u, v, p]
            equations: {a: u*u_x + v*u_y + p_x = 0.05*laplacian(u), b: u*v_x + v*v_y + p_y = 0.05*laplacian(v), c: u_x + v_y = 0}
            conditions: {in: {on: x-lower, expression: u = 4*y*(1 - y)}, inv: {on: x-lower, expression: v}, wu: {on: y, expression: u}, wv: {on: y, expression: v}, out: {on: x-upper, expression: p}}
            """;
        const string Distance = """
            problem: distance
            coordinates: {x: [-1, 1], y: [-1, 1]}
            holes: [{centre: [0, 0], radius: 0.2}]
            equations: {e: u_x^2 + u_y^2 = 1}
            conditions: {c: {on: hole-1, expression: u}}
            """;

        Assert.Contains(WellPosed.Notices(Files.Problem(Channel)), notice => notice.Contains("x-lower and x-upper together need 4 conditions", StringComparison.Ordinal));
        Assert.Contains(WellPosed.Notices(Files.Problem(Distance)), notice => notice.Contains("no condition on x-lower and x-upper: 'c' and others inside have to determine the solution", StringComparison.Ordinal));
        Assert.Contains("conditions: no condition on x-upper", Files.Mistakes(Channel.Replace(", out: {on: x-upper, expression: p}", "", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("together need 4 conditions", Files.Mistakes(Channel.Replace("expression: p}", "expression: u_x}", StringComparison.Ordinal)), StringComparison.Ordinal);
    }
}
