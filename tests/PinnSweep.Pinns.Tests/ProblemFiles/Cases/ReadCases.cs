namespace PinnSweep.Pinns.Tests.ProblemFiles.Cases;

/// <summary>
/// Files that people wrote for other programs, retold in small: what is right is read, what is not is refused with what is missing.
/// </summary>
public sealed class ReadCases
{
    private const string Table = "\nequations: {a: u_t = -u, b: v_t = u}\ntime: t\noutputs: [u, v]\nconditions: {u: {on: t-lower, expression: u = 2}, v: {on: t-lower, expression: v}}\ndata: {file: d.csv}\n";

    public static TheoryData<string, string> Right => new()
    {
        {
            "D01", """
            problem: bright-soliton
            coordinates: {x: {range: [-10, 10], periodic: true}, t: [0, 1.5]}
            time: t
            outputs: [p, q]
            equations:
              real: -q_t + 0.5*p_xx + (p^2 + q^2)*p
              imaginary: p_t + 0.5*q_xx + (p^2 + q^2)*q
            conditions: {start-p: {on: t-lower, expression: p = 1/cosh(x)}, start-q: {on: t-lower, expression: q = 0}}
            exact: {p: cos(t/2)/cosh(x), q: sin(t/2)/cosh(x)}
            """
        },
        {
            "D02", """
            problem: wrapped
            coordinates: {x: [-10, 10], t: [0, 1.5]}
            time: t
            outputs: [p, q]
            equations:
              real: -q_t + 0.5*p_xx + (p^2 + q^2)*p
              imaginary: p_t + 0.5*q_xx + (p^2 + q^2)*q
            conditions:
              start-p: {on: t-lower, expression: p = 1/cosh(x)}
              start-q: {on: t-lower, expression: q = 0}
              wrap: {on: x, expression: p(x-lower) = p(x-upper)}
              wrap-q: {on: x, expression: q(x-lower) = q(x-upper)}
              slope: {on: x, expression: p_x(x-lower) = p_x(x-upper)}
              slope-q: {on: x, expression: q_x(x-lower) = q_x(x-upper)}
            """
        },
        { "D15", CaseTexts.Nonlocal },
        {
            "D17", """
            problem: layers-folded
            coordinates: {s: [0, 0.5]}
            outputs: [a, b]
            constants: {ka: 1.14, kb: 0.01}
            equations: {left: ka*a_ss, right: kb*b_ss}
            conditions:
              same: {on: s-lower, expression: a = b}
              flux: {on: s-lower, expression: ka*a_s = -kb*b_s}
              outer-left: {on: s-upper, expression: a}
              outer-right: {on: s-upper, expression: b = 1}
            exact: {a: kb/(ka+kb)*(1 - 2*s), b: kb/(ka+kb) + 2*s*ka/(ka+kb)}
            """
        },
        {
            "D18", """
            problem: ball-conduction
            coordinates: {r: [0, 1], t: [0, 0.5]}
            time: t
            equations: {heat: u_t = u_rr + 2/r*u_r}
            conditions: {centre: {on: r-lower, expression: u_r}, skin: {on: r-upper, expression: u}, start: {on: t-lower, expression: u = 1 - r^2}}
            """
        },
        {
            "D19", """
            problem: ball-conduction
            coordinates: {r: [0, 1], t: [0, 0.5]}
            time: t
            equations: {heat: r*u_t = r*u_rr + 2*u_r}
            conditions: {centre: {on: r-lower, expression: u_r}, skin: {on: r-upper, expression: u}, start: {on: t-lower, expression: u = 1 - r^2}}
            """
        },
        { "D20", CaseTexts.Beam },
        {
            "D21", """
            problem: terminal-value
            coordinates: {x: [0, 1], t: [0, 1]}
            time: t
            free: t-lower
            equations: {back: u_t + u_xx}
            conditions: {ends: {on: x, expression: u}, payoff: {on: t-upper, expression: u = sin(pi*x)}}
            """
        },
        {
            "D43", """
            problem: well
            coordinates: {x: [0, 1]}
            outputs: [u, N]
            coefficients: {lam: 8}
            equations: {schroedinger: {expression: u_xx + lam*u, scale: 10}, norm: N_x = u^2}
            conditions: {walls: {on: x, expression: u}, zero: {on: x-lower, expression: N}, one: {on: x-upper, expression: N = 1}}
            """
        },
        { "D44", CaseTexts.Neuron },
        { "D45", CaseTexts.Beltrami },
    };

    public static TheoryData<string, string, string> Wrong => new()
    {
        {
            "D03", """
            problem: wave-one-start
            coordinates: {x: [0, 1], t: [0, 1]}
            time: t
            equations: {wave: u_tt = u_xx}
            conditions: {ends: {on: x, expression: u}, start: {on: t-lower, expression: u = sin(pi*x)}}
            exact: {u: sin(pi*x)*cos(pi*t)}
            """, "my.yaml:5:1: conditions: t-lower needs 2 conditions, because the equations derive by t up to 2 times, and has 1 ('start'); u_t is not given there"
        },
        {
            "D04", """
            problem: unused-output
            coordinates: {x: [0, 1]}
            outputs: [u, v]
            equations: {p: u_xx + pi^2*sin(pi*x)}
            conditions: {ends: {on: x, expression: u}}
            exact: {u: sin(pi*x), v: 0}
            """, "my.yaml:3:1: outputs: 'v' occurs in no equation, condition or measurement"
        },
        {
            "D05", """
            problem: wrong-answer
            coordinates: {x: [0, 1]}
            equations: {p: u_xx + pi^2*sin(pi*x)}
            conditions: {ends: {on: x, expression: u}}
            exact: {u: -sin(pi*x)}
            """, "my.yaml:5:1: exact: does not solve the equation 'p': the residual is 19.7 at x = 0.50"
        },
        { "D22", CaseTexts.Oscillators, "if t is time, say time: t" },
        {
            // Its p solves p_xx = 0 no more than it says: the file contradicts itself.
            "D32", """
            problem: velocity-and-pressure
            coordinates: {x: [0, 1]}
            outputs: [u, p]
            equations: {eu: u_xx + pi^2*sin(pi*x), ep: p_xx}
            conditions: {ends: {on: x, expression: u}, pends: {on: x, expression: p}}
            exact: {u: sin(pi*x), p: 0.01*sin(pi*x)}
            """, "my.yaml:6:1: exact: does not solve the equation 'ep'"
        },
    };

    // D23–D25, and D48: the same values as other programs write them.
    public static TheoryData<string, string, int> Tables => new()
    {
        { "D23", "t,u,v\n0,2,\n0.5,,0.3\n", 2 },
        { "D24", "t;u\n0;2\n1;0,9\n", 1 },
        { "D25", "# run 3\nt,u\n0,2\n", 1 },
        { "D25", "t u\n0 2\n", 1 },
        { "D25", "t\tu\n0\t2\n", 1 },
        { "D48", "t,u_t\n0,-2\n1,-0.7\n", 1 },
    };

    [Theory]
    [MemberData(nameof(Right))]
    public void What_is_right_is_read(string id, string text)
    {
        Assert.True(Files.Problem(text).Terms.Length > 1, id);
    }

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_is_wrong_is_refused(string id, string text, string told)
    {
        var mistakes = Files.Mistakes(text);

        Assert.True(mistakes.Contains(told, StringComparison.Ordinal), $"{id}: {mistakes}");
    }

    [Theory]
    [MemberData(nameof(Tables))]
    public void Tables_are_read(string id, string table, int terms)
    {
        var problem = Methods.Catalogs.PinnCatalog.Problem(Files.Read($"problem: swing\ncoordinates: {{t: [0, 3]}}{Table}", _ => table));

        Assert.True(terms == problem.Terms.Count(term => !term.MeasuredAt.IsEmpty), id);
    }
}
