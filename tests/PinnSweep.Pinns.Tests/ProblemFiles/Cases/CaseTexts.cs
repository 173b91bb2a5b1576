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

    /// <summary>D44: the neuron of Hodgkin and Huxley.</summary>
    public const string Neuron = """
        problem: hodgkin-huxley
        coordinates: {t: [0, 10]}
        time: t
        outputs: [V, m, h, n]
        constants: {I: 10}
        equations:
          potential: V_t = I - 120*m^3*h*(V - 50) - 36*n^4*(V + 77) - 0.3*(V + 54.4)
          m: m_t = 0.1*(V + 40)/(1 - exp(-(V + 40)/10))*(1 - m) - 4*exp(-(V + 65)/18)*m
          h: h_t = 0.07*exp(-(V + 65)/20)*(1 - h) - 1/(1 + exp(-(V + 35)/10))*h
          n: n_t = 0.01*(V + 55)/(1 - exp(-(V + 55)/10))*(1 - n) - 0.125*exp(-(V + 65)/80)*n
        conditions:
          V0: {on: t-lower, expression: V = -65}
          m0: {on: t-lower, expression: m = 0.05}
          h0: {on: t-lower, expression: h = 0.6}
          n0: {on: t-lower, expression: n = 0.32}
        reference: {grid: 101}
        """;

    /// <summary>D45: a flow of Beltrami, four coordinates and four outputs; nothing is said of the pressure but its slopes.</summary>
    public const string Beltrami = """
        problem: beltrami
        coordinates: {x: [-1, 1], y: [-1, 1], z: [-1, 1], t: [0, 1]}
        time: t
        outputs: [u, v, w, p]
        let:
          ue: -exp(-t)*(exp(x)*sin(y + z) + exp(z)*cos(x + y))
          ve: -exp(-t)*(exp(y)*sin(z + x) + exp(x)*cos(y + z))
          we: -exp(-t)*(exp(z)*sin(x + y) + exp(y)*cos(z + x))
        equations:
          mx: u_t + u*u_x + v*u_y + w*u_z + p_x = laplacian(u)
          my: v_t + u*v_x + v*v_y + w*v_z + p_y = laplacian(v)
          mz: w_t + u*w_x + v*w_y + w*w_z + p_z = laplacian(w)
          mass: u_x + v_y + w_z
        conditions:
          su: {on: [x, y, z, t-lower], expression: u = ue}
          sv: {on: [x, y, z, t-lower], expression: v = ve}
          sw: {on: [x, y, z, t-lower], expression: w = we}
        """;
}
