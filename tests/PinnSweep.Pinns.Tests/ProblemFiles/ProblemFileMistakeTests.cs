using PinnSweep.Problems.ProblemFiles;

namespace PinnSweep.Pinns.Tests.ProblemFiles;

/// <summary>Every mistake that a problem file can hold is told with its line and column.</summary>
public sealed class ProblemFileMistakeTests
{
    // Line 1 is the name, 2 the coordinates, 3 time, 4 the constants, 5 and 6 the equation, 7 to 9 the conditions.
    public static TheoryData<string, string, string> Mistakes => new()
    {
        { "nu*u_xx", "nuu*u_xx", "my.yaml:6:40: equations.residual: name 'nuu' unknown; nearest 'nu'; allowed: x, t, u, nu, pi" },
        { "nu*u_xx", "u_xxxxx", "my.yaml:6:40: equations.residual: 'u_xxxxx' is a derivative of order 5; the highest is 4" },
        { "nu*u_xx", "nu*u_yy", "my.yaml:6:43: equations.residual: 'u_yy' is no derivative of 'u': behind '_' stand coordinates (x, t), each as often as it is derived by" },
        { "nu*u_xx", "sni(u)", "my.yaml:6:40: equations.residual: function 'sni' unknown; nearest 'sin'" },
        { "nu*u_xx", "u_xx/x", "my.yaml:6:44: equations.residual: divides by zero at x = 0, t = 0" },
        { "nu*u_xx", "u_xx/(x - 0.01)", "my.yaml:6:44: equations.residual: divides by zero near x = 0.01, t = 0, where the divisor '(x - 0.01)' changes its sign" },
        { "nu*u_xx", "log(x)", "my.yaml:6:40: equations.residual: the logarithm has no finite value at x = -1, t = 0" },
        { "nu*u_xx", "sqrt(x)", "my.yaml:6:40: equations.residual: the square root has no real value at x = -1, t = 0" },
        { "nu*u_xx", "u_x)", "my.yaml:6:43: equations.residual: ')' stands where an operator or the end is expected" },
        { "{on: x, expression: u}", "{on: x-lower, expression: u}", "my.yaml:7:1: conditions: no condition on x-upper, though the equations derive by x up to 2 times; add one, or list the side under 'free'" },
        { "  initial: {on: t-lower, expression: u + sin(pi*x)}", "", "my.yaml:7:1: conditions: no condition on t-lower, though the equations derive by t once; add one" },
        { "on: x,", "on: x-uper,", "my.yaml:8:18: conditions.boundary.on: 'x-uper' is no side; nearest 'x-upper'; allowed: x-lower, x-upper, t-lower, t-upper" },
        { "on: x,", "on: [],", "my.yaml:8:18: conditions.boundary.on: expected sides, of x-lower, x-upper, t-lower, t-upper; found an empty list" },
        { "on: x,", "", "my.yaml:8:13: conditions.boundary: 'on' is missing" },
        { "x: [-1, 1]", "x: {range: [-1, 1], periodic: true}", "my.yaml:8:18: conditions.boundary.on: 'x' is no side; a periodic coordinate has no sides; allowed: t-lower, t-upper" },
        { "x: [-1, 1]", "x: {range: [-1, 1], periodic: perhaps}", "my.yaml:2:45: coordinates.x.periodic: expected true or false; found 'perhaps'" },
        { "x: [-1, 1]", "x: [1, -1]", "my.yaml:2:18: coordinates.x: the lower end must be below the upper one" },
        { "x: [-1, 1]", "x: [-1, 1, 2]", "my.yaml:2:18: coordinates.x: expected a range [lower, upper]" },
        { "x: [-1, 1]", "x: [-1, two]", "my.yaml:2:23: coordinates.x: name 'two' unknown" },
        { "x: [-1, 1]", "x: [-1, 1/0]", "my.yaml:2:23: coordinates.x: '1/0' is not finite" },
        { "x: [-1, 1]", "x: [-1, 1], y: [0, 1], z: [0, 1], w: [0, 1]", "my.yaml:2:14: coordinates: 5 entries; at most 4" },
        { "x: [-1, 1]", "x: [-1, 1], x: [0, 1]", "my.yaml:2:27: key 'x' stands twice, first in line 2" },
        { "x: [-1, 1]", "x: [-1, 1], sin: [0, 1]", "my.yaml:2:27: coordinates: 'sin' has a meaning of its own" },
        { "x: [-1, 1]", "x: [-1, 1], xx: [0, 1]", "my.yaml:2:27: coordinates: 'xx' reads as other coordinates one after another, so derivatives such as u_xx would have two meanings; take another name" },
        { "x: [-1, 1]", "x: [-1, 1], a_b: [0, 1]", "my.yaml:2:27: coordinates: 'a_b' is not a name" },
        { "time: t", "time: s", "my.yaml:3:7: time: expected one of the coordinates; found 's'" },
        { "time: t", "outputs: [u, x]", "my.yaml:3:14: outputs: 'x' stands twice, first in line 2" },
        { "{nu: 0.01/pi}", "{nu: 0.01/u}", "my.yaml:4:22: constants.nu: name 'u' unknown; allowed: pi" },
        { "{nu: 0.01/pi}", "{u_x: 1, nu: 1}", "my.yaml:4:13: constants: 'u_x' is already a derivative of an output" },
        { "{nu: 0.01/pi}", "[1, 2]", "my.yaml:4:12: constants: expected a map from names to numbers; found a list" },
        { "scale: pi", "scale: -1", "my.yaml:6:56: equations.residual.scale: expected a size above 0" },
        { "scale: pi", "scael: pi", "my.yaml:6:49: equations.residual: unknown key 'scael'; nearest 'scale'; allowed: expression, scale" },
        { "  boundary:", "  residual:", "my.yaml:8:3: conditions.residual: the name stands twice, first in line 6" },
        { "problem: my-burgers", "problem: My Burgers", "my.yaml:1:10: problem: expected a name of at most 60 lower-case letters, digits and '-'" },
        { "problem: my-burgers", "problem: burgers", "my.yaml:1:10: problem: 'burgers' is a problem of the catalog" },
        { "problem: my-burgers", "porblem: my-burgers", "my.yaml:1:1: problem file: unknown key 'porblem'; nearest 'problem'" },
        { "equations:", "equation:", "my.yaml:5:1: problem file: unknown key 'equation'; nearest 'equations'" },
        { "time: t", "exact: {v: 1}", "my.yaml:3:8: exact: 'u' is missing; give every output, or leave 'exact' out" },
        { "time: t", "exact: {u: u}", "my.yaml:3:12: exact.u: name 'u' unknown" },
        { "time: t", "exact: {u: 1/t}", "my.yaml:3:13: exact.u: divides by zero at x = -1, t = 0" },
        { "time: t", "test_points: 2.5", "my.yaml:3:14: test_points: expected a whole number from 3 to 1001; found '2.5'" },
        { "time: t", "holes: [{centre: [0, 0.5], radius: 0.6}]", "my.yaml:3:9: holes: a disc has a radius above 0 and lies inside the ranges" },
        { "time: t", "holes: [{centre: [0, 0.5], radius: 0.3}, {centre: [0.1, 0.5], radius: 0.2}]", "my.yaml:3:42: holes: overlaps hole-1" },
        { "time: t", "holes: [{centre: [0, 0.5], radius: 0.3}]", "no condition on hole-1, though the domain ends there" },
        { "time: t", "time: t\nholes: [{centre: [0, 0.5], radius: 0.3}]", "my.yaml:4:1: holes: need exactly two coordinates beside time" },
        { "expression: u}", "expression: u, points: interior}", "my.yaml:8:44: conditions.boundary.points: expected one of boundary, initial" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_line_and_column(string right, string wrong, string message)
    {
        Assert.Contains(right, Files.Burgers, StringComparison.Ordinal);

        var told = Files.Mistakes(Files.Burgers.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Contains(message, told, StringComparison.Ordinal);
    }

    [Fact]
    public void A_constant_that_the_file_does_not_have_is_told_where_the_study_sets_it() =>
        Assert.Equal("study.yaml:3: the problem file has no constant 'nuu'; nearest 'nu'; allowed: nu", Files.Mistakes(Files.Burgers, ("nuu", "1")));

    [Fact]
    public void All_mistakes_are_told_at_once()
    {
        var text = Files.Burgers.Replace("nu*u_xx", "a", StringComparison.Ordinal).Replace("sin(pi*x)", "b", StringComparison.Ordinal);

        Assert.Equal(2, Files.Mistakes(text).Split('\n').Length);
    }

    [Fact]
    public void A_folded_expression_is_told_with_its_line_and_the_character_within()
    {
        var text = Files.Burgers.Replace("{expression: u_t + u*u_x - nu*u_xx, scale: pi}", ">\n    u_t +\n    w", StringComparison.Ordinal);

        Assert.Contains("my.yaml:6:13: equations.residual: name 'w' unknown; nearest 'x'; allowed: x, t, u, nu, pi (character 7 of the expression)", Files.Mistakes(text), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", "expected a map")]
    [InlineData("- 1", "expected a map")]
    [InlineData("a: [", "not valid YAML")]
    public void What_is_no_problem_file_is_refused(string text, string message) => Assert.Contains(message, Files.Mistakes(text), StringComparison.Ordinal);

    [Fact]
    public void Sizes_are_limited()
    {
        var padded = Files.Burgers + "\n# " + new string('x', ProblemFile.MaximumBytes);
        var longExpression = Files.Burgers.Replace("u*u_x", string.Join(" + ", Enumerable.Repeat("u*u_x", 600)), StringComparison.Ordinal);
        var deep = Files.Burgers.Replace("u*u_x", new string('(', 300) + "u" + new string(')', 300), StringComparison.Ordinal);

        Assert.Contains("larger than 256 KiB", Files.Mistakes(padded), StringComparison.Ordinal);
        Assert.Contains("an expression has at most 4000", Files.Mistakes(longExpression), StringComparison.Ordinal);
        Assert.Contains("nested more than 200 deep", Files.Mistakes(deep), StringComparison.Ordinal);
    }
}
