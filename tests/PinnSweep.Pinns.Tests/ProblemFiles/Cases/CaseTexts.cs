namespace PinnSweep.Pinns.Tests.ProblemFiles.Cases;

/// <summary>Files of other people's questions that several tests begin with.</summary>
internal static class CaseTexts
{
    /// <summary>D22: two oscillators of second order.</summary>
    public const string Oscillators = """
        problem: coupled-oscillators
        coordinates: {t: [0, 0.25]}
        outputs: [u, v]
        equations:
          a: u_tt + 600*u*v + 250*t
          b: v_tt - 300*(u^2 - v^2) - 250*t
        conditions:
          u0: {on: t-lower, expression: u}
          v0: {on: t-lower, expression: v}
          du0: {on: t-lower, expression: u_t = 9.259}
          dv0: {on: t-lower, expression: v_t = 9.259}
        """;

    /// <summary>D15: an integral by auxiliary outputs.</summary>
    public const string Nonlocal = """
        problem: nonlocal-heat-aux
        coordinates: {x: [0, pi/2], t: [0, 1]}
        time: t
        outputs: [u, I, w]
        equations: {heat: u_t = u_xx + w - exp(-t), running: I_x = u, constant: w_x}
        conditions:
          left: {on: x-lower, expression: u}
          right: {on: x-upper, expression: u = exp(-t)}
          start: {on: t-lower, expression: u = sin(x)}
          from: {on: x-lower, expression: I}
          whole: {on: x-upper, expression: w = I}
        exact: {u: exp(-t)*sin(x), I: exp(-t)*(1 - cos(x)), w: exp(-t)}
        """;

    /// <summary>D20: a beam with an unknown slope at its root.</summary>
    public const string Beam = """
        problem: beam-root-slope
        coordinates: {x: [0, 1]}
        coefficients: {C: 0}
        equations: {beam: u_xxxx + 1}
        conditions:
          root: {on: x-lower, expression: u}
          slope: {on: x-lower, expression: u_x = C}
          moment: {on: x-upper, expression: u_xx}
          shear: {on: x-upper, expression: u_xxx}
        data: {columns: [x, u], values: [[0.25, 0.01181640625], [0.5, 0.00572916667], [0.75, -0.00849609375], [1, -0.025]]}
        """;
}
