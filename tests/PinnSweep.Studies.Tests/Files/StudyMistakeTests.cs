using CsCheck;
using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;
using PinnSweep.Studies.Planning;
using PinnSweep.Studies.Specification;
using PinnSweep.Studies.Values;

namespace PinnSweep.Studies.Tests.Files;

/// <summary>
/// What a user reads after each kind of mistake, word by word: place, key, what is wrong, what is allowed, the nearest match.
/// </summary>
public sealed class StudyMistakeTests
{
    private const string Keys = "study, description, hypotheses, metric, seeds, precision, factors, methods, exclude, budget, evaluate_every, converged_below, stop_when, control, published, design, tune, replicate";
    private const string Good = "study: s\nseeds: 2\nfactors:\n  problem: helmholtz\nbudget: {steps: 100}\n";

    public static TheoryData<string, string> Mistakes { get; } = new()
    {
        { Good + "buget: 3\n", $"study.yaml:6: unknown key 'buget'; nearest 'budget'; allowed: {Keys}" },
        { Good.Replace("study: s\n", "#\n", StringComparison.Ordinal), "study.yaml:2: study: missing; expected the study's name" },
        { Good.Replace("study: s", "study: a/b", StringComparison.Ordinal), "study.yaml:1: study: expected a name of at most 100 letters, digits, '-', '_' and '.', beginning with a letter or digit; found 'a/b'" },
        { Good + "description: [a]\n", "study.yaml:6: description: expected text; found a list" },
        { Good + "metric: max-error\n", "study.yaml:6: metric: expected one of relative_l2, max_error, mse, residual_l2; found 'max-error'; nearest 'max_error'" },
        { Good + "evaluate_every: 0\n", "study.yaml:6: evaluate_every: expected a whole number of at least 1; found '0'" },
        { Good + "converged_below: -0.1\n", "study.yaml:6: converged_below: expected a number above 0; found '-0.1'" },
        { Good.Replace("helmholtz", "helmholz", StringComparison.Ordinal), "study.yaml:4: factors.problem: unknown problem 'helmholz'; nearest 'helmholtz'; allowed: helmholtz, plate" },
        { Good.Replace("problem: helmholtz", "network: mlp", StringComparison.Ordinal), "study.yaml:3: factors: 'problem' is missing; expected one or more of helmholtz, plate" },
        { "study: s\nbudget: {steps: 3}\n", "study.yaml:1: factors: missing; expected a map with at least 'problem'" },
        { "study: s\nbudget: {steps: 3}\nfactors: [a]\n", "study.yaml:3: factors: expected a map of problem, network, balancer, sampler, optimizer, time, precision; found a list" },
        { WithFactor("balancr: static"), "study.yaml:5: factors: unknown factor 'balancr'; nearest 'balancer'; allowed: problem, network, balancer, sampler, optimizer, time, precision" },
        { WithFactor("balancer: []"), "study.yaml:5: factors.balancer: empty; expected at least one level, or leave the factor out for its default" },
        { WithFactor("balancer:"), "study.yaml:5: factors.balancer: empty; expected at least one level, or leave the factor out for its default" },
        { WithFactor("balancer: relobralo2"), "study.yaml:5: factors.balancer: unknown balancer 'relobralo2'; nearest 'relobralo'; allowed: gradnorm, power-normalization, learning-rate-annealing, relobralo, self-adaptive, static" },
        { WithFactor("balancer: {temperature: 1}"), "study.yaml:5: factors.balancer: expected a balancer: its kind, or a map with 'kind' and parameters; found a map without a kind; kinds: gradnorm, power-normalization, learning-rate-annealing, relobralo, self-adaptive, static" },
        { WithFactor("balancer: {kind: relobralo, temprature: 1}"), "study.yaml:5: factors.balancer[relobralo]: unknown parameter 'temprature'; nearest 'temperature'; allowed: temperature, lookback" },
        { WithFactor("balancer: {kind: power-normalization, scale: 1}"), "study.yaml:5: factors.balancer[power-normalization]: unknown parameter 'scale'; nothing is allowed here" },
        { WithFactor("balancer: {kind: relobralo, temperature: hot}"), "study.yaml:5: factors.balancer[relobralo].temperature: expected a number above 0; found 'hot'" },
        { WithFactor("balancer: {kind: relobralo, temperature: 0}"), "study.yaml:5: factors.balancer[relobralo].temperature: expected a number above 0; found '0'" },
        { WithFactor("balancer: {kind: relobralo, temperature: .inf}"), "study.yaml:5: factors.balancer[relobralo].temperature: expected a number above 0; found '.inf'" },
        { WithFactor("balancer: {kind: relobralo, temperature: \"1\"}"), "study.yaml:5: factors.balancer[relobralo].temperature: expected a number above 0; found '1', which is quoted text; leave the quotes out" },
        { WithFactor("sampler: {kind: uniform, resample: 'true'}"), "study.yaml:5: factors.sampler[uniform].resample: expected true or false; found 'true', which is quoted text; leave the quotes out" },
        { WithFactor("balancer: [&base {kind: relobralo, lookback: 0.9}, {<<: *base, temperature: 1}]"), "study.yaml:5: merge keys '<<' are not known; plain aliases are (balancer: *base stands for the whole of it): write out what is the same and what differs" },
        { WithFactor("balancer: {kind: relobralo, lookback: 1.01}"), "study.yaml:5: factors.balancer[relobralo].lookback: expected a number from 0 to 1; found '1.01'" },
        { WithFactor("balancer: {kind: relobralo, lookback: null}"), "study.yaml:5: factors.balancer[relobralo].lookback: expected a number from 0 to 1; found 'null'" },
        { WithFactor("balancer: {kind: static, weights: {boundary: -1}}"), "study.yaml:5: factors.balancer[static].weights.boundary: expected a number of at least 0; found '-1'" },
        { WithFactor("balancer: {kind: static, weights: {a b: 1}}"), "study.yaml:5: factors.balancer[static].weights: 'a b' is not a name: letters, digits, '-' and '_'" },
        { WithFactor("balancer: {kind: self-adaptive, granularity: points}"), "study.yaml:5: factors.balancer[self-adaptive].granularity: expected one of point, term; found 'points'; nearest 'point'" },
        { WithFactor("network: {kind: mlp, hidden: 50}"), "study.yaml:5: factors.network[mlp].hidden: expected a list of at least 1, each a whole number from 1 to 4096; found '50'" },
        { WithFactor("network: {kind: mlp, hidden: []}"), "study.yaml:5: factors.network[mlp].hidden: expected a list of at least 1, each a whole number from 1 to 4096; found an empty list" },
        { WithFactor("network: {kind: mlp, hidden: [50, 0]}"), "study.yaml:5: factors.network[mlp].hidden: expected a whole number from 1 to 4096; found '0'" },
        { WithFactor("sampler: {kind: uniform, resample: yes}"), "study.yaml:5: factors.sampler[uniform].resample: expected true or false; found 'yes'" },
        { WithFactor("sampler: {kind: uniform, interior: 1e10}"), "study.yaml:5: factors.sampler[uniform].interior: expected a whole number of at least 1; found '1e10'; the largest is 2147483647" },
        { WithFactor("optimizer: fixed-step"), "study.yaml:5: factors.optimizer[fixed-step]: parameter 'step' is missing: a number above 0 and at most 1" },
        { WithFactor("optimizer: {kind: adam, decay: {rate: 0.5}}"), "study.yaml:5: factors.optimizer[adam].decay: parameter 'every' is missing: a whole number of at least 1" },
        { WithFactor("optimizer: {kind: adam, decay: 3}"), "study.yaml:5: factors.optimizer[adam].decay: expected a map with rate, every, or null; found '3'" },
        { WithFactor("precision: float16"), "study.yaml:5: factors.precision: unknown precision 'float16'; nearest 'float32'; allowed: float32, float64" },
        { WithFactor("precision: float32") + "precision: float64\n", "study.yaml:5: factors.precision: precision stands here and at the top (study.yaml:7); leave one out" },
        { WithFactor("balancer:\n    - static\n    - {kind: static, weights: {}}"), "study.yaml:7: factors.balancer: level 'static' is the same as the one at study.yaml:6 once defaults are filled in" },
        { WithSeeds("0"), "study.yaml:2: seeds: expected how many (1 to 1,000,000) or a list of at least one seed; found '0'" },
        { WithSeeds("[]"), "study.yaml:2: seeds: expected how many (1 to 1,000,000) or a list of at least one seed; found an empty list" },
        { WithSeeds("[3, 4, 3]"), "study.yaml:2: seeds: seed '3' stands twice; its trials would be the same" },
        { WithSeeds("[1.5]"), "study.yaml:2: seeds: expected whole numbers of at most 2^53; found '1.5'" },
        { WithSeeds("600000").Replace("helmholtz", "[helmholtz, plate]", StringComparison.Ordinal), "study.yaml:3: factors: 2 cells with 600,000 seeds make 1,200,000 trials; at most 1,000,000 are planned in one study" },
        { WithBudget("{steps: -5}"), "study.yaml:5: budget.steps: expected a whole number of at least 1; found '-5'" },
        { WithBudget("{steps: 0}"), "study.yaml:5: budget.steps: expected a whole number of at least 1; found '0'" },
        { WithBudget("{seconds: 0}"), "study.yaml:5: budget.seconds: expected a number above 0 and at most 1000000000; found '0'" },
        { WithBudget("{steps: 5, seconds: 3}"), "study.yaml:5: budget: expected {steps: N} or {seconds: T}; found both" },
        { WithBudget("{}"), "study.yaml:5: budget: expected {steps: N} or {seconds: T}; found neither" },
        { WithBudget("500"), "study.yaml:5: budget: expected {steps: N} or {seconds: T}; found '500'" },
        { WithBudget("{steps: 5, minutes: 3}"), "study.yaml:5: budget: unknown key 'minutes'; allowed: steps, seconds, except" },
        { Good.Replace("budget: {steps: 100}\n", "", StringComparison.Ordinal), "study.yaml:1: budget: missing; expected {steps: N} or {seconds: T}" },
        { WithFactor("balancer: [static, relobralo]") + "control: relobrallo\n", "study.yaml:7: control: 'relobrallo' is not a level of this study; nearest 'relobralo'; allowed: static, relobralo" },
        { WithFactor("balancer: [static, relobralo]") + "control: {kind: relobralo, temperature: 3}\n", "study.yaml:7: control: the study has no such balancer; its levels: static, relobralo" },
        { WithFactor("balancer: [{kind: relobralo, temperature: 1}, {kind: relobralo, temperature: 2}]") + "control: relobralo\n", "study.yaml:7: control: 'relobralo' may be {balancer: relobralo (temperature 1)} or {balancer: relobralo (temperature 2)}; write which" },
        { Good + "control: [static]\n", "study.yaml:6: control: expected a level of the study, for instance static or {balancer: static}; found a list" },
        { Good + "exclude: [{balancr: static}]\n", "study.yaml:6: exclude: unknown factor 'balancr'; nearest 'balancer'; allowed: problem, network, balancer, sampler, optimizer, time, precision" },
        { Good + "exclude: [{balancer: gradnorm}]\n", "study.yaml:6: exclude.balancer: 'gradnorm' is not a balancer of this study; allowed: static" },
        { Good + "exclude: [{network: {hidden: [3]}}]\n", "study.yaml:6: exclude.network: no network of this study matches; the rule would leave nothing out" },
        { Good + "exclude: [{network: {hiden: [3]}}]\n", "study.yaml:6: exclude.network: unknown parameter 'hiden'; nearest 'hidden'; allowed: hidden, activation" },
        { Good + "exclude: [{}]\n", "study.yaml:6: exclude: expected a map from factors to levels, for instance {balancer: gradnorm, network: {hidden: [20]}}; found an empty map" },
        { Good + "exclude: {problem: helmholtz}\n", "study.yaml:3: factors: no trial is left to train: 1 × excluded: problem helmholtz" },
        { WithFactor("balancer: gradnorm").Replace("helmholtz", "plate", StringComparison.Ordinal), "study.yaml:3: factors: no trial is left to train: 1 × gradnorm needs one boundary term" },
        { Good + "budget: {steps: 3}\n", "study.yaml:6: key 'budget' stands twice, first in line 5" },
        { Good + "? [a, b]\n: 3\n", "study.yaml:6: a key must be a word, found a list" },
        { Good + "---\nstudy: other\n", "study.yaml:6: a second document begins here; one file holds one document" },
        { Good + "description: !secret x\n", "study.yaml:6: tag '!secret' has no meaning here; leave it out" },
        { "study: s\nfactors: {problem: [a\nbudget: 3\n", "study.yaml:2: not valid YAML from here on; is a quote, bracket or brace not closed?" },
        { "study: s\n\tfactors: 3\n", "study.yaml:2: not valid YAML: While scanning a plain scalar, found a tab character that violate indentation." },
        { "study: *nothing\n", "study.yaml:1: alias '*nothing' has no anchor before it" },
        { "study: &a [*a]\n", "study.yaml:1: alias '*a' has no anchor before it" },
        { "", $"study.yaml:1: expected a map with {Keys}; found nothing" },
        { "- study\n", $"study.yaml:1: expected a map with {Keys}; found a list" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_place_key_and_remedy(string text, string expected) => Assert.Equal(expected, Message(text));

    [Fact]
    public void A_mistake_that_only_the_catalog_sees_is_told_once_with_the_line_of_its_level()
    {
        var strict = SmallCatalog.Instance with
        {
            WhyNotApplicable = cell => cell.Balancer.Parameters.Numbers("weights").ContainsKey("bondary")
                ? throw new UserMistakeException("balancer 'static': no term 'bondary'")
                : null,
        };
        var text = WithFactor("network: [mlp, {kind: mlp, hidden: [3]}]\n  balancer:\n    - static\n    - {kind: static, weights: {bondary: 2}}");

        var message = Assert.Throws<UserMistakeException>(() => StudyFile.Parse(text, "study.yaml", strict)).Message;

        Assert.Equal("study.yaml:8: balancer 'static': no term 'bondary'", message);
    }

    [Fact]
    public void All_mistakes_of_a_file_are_told_at_once_in_the_order_of_its_lines()
    {
        const string Text = """
            study: a b
            seeds: -1
            metric: l2
            factors:
              problem: [helmholz]
              balancer:
                - {kind: relobralo, temprature: 1}
                - {kind: relobralo, temperature: -1}
            budget: {steps: 0}
            """;

        var lines = Message(Text).Split('\n').Select(line => line[..line.IndexOf(": ", StringComparison.Ordinal)]);

        Assert.Equal(["study.yaml:1", "study.yaml:2", "study.yaml:3", "study.yaml:5", "study.yaml:7", "study.yaml:8", "study.yaml:9"], lines);
    }

    [Fact]
    public void A_thousand_mistakes_are_cut_to_a_readable_number()
    {
        var text = Good + string.Concat(Enumerable.Range(0, 1000).Select(i => $"key{i}: 1\n"));

        var lines = Message(text).Split('\n');

        Assert.Equal(41, lines.Length);
        Assert.Equal("… and 960 more mistakes", lines[^1]);
    }

    [Fact]
    public void Aliases_that_multiply_are_refused_before_they_fill_the_memory()
    {
        var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n" +
            string.Concat(Enumerable.Range(1, 30).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n"));

        Assert.Equal("study.yaml:6: more than 200,000 values, aliases expanded", Message(text));
    }

    [Theory]
    [InlineData("[", 500_000)]
    [InlineData("{a: ", 200_000)]
    [InlineData("- ", 200_000)]
    public void Nesting_without_end_is_refused_before_it_overflows_the_stack(string opening, int times) =>
        Assert.Equal("study.yaml:1: nested deeper than 32 levels", Message(string.Concat(Enumerable.Repeat(opening, times))));

    [Fact]
    public void A_file_above_the_limit_is_refused_unread() =>
        Assert.Equal("study.yaml: larger than 1 MiB; a study file is a page of text", Message(new string('é', (StudyFile.MaximumBytes / 2) + 1)));

    [Fact]
    public void What_a_user_wrote_is_quoted_on_one_short_line()
    {
        var message = Message(Good + $"\"a\\nb\\e{new string('x', 500)}\": 1\n");

        Assert.StartsWith($"study.yaml:6: unknown key 'a·b·{new string('x', 56)}…'", message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', message);
    }

    /// <summary>Whatever is typed ends in a study or in a message, never in another exception.</summary>
    [Fact]
    public void Any_damage_to_a_good_file_ends_in_a_study_or_a_message()
    {
        var full = WithFactor("balancer: [&w static, {kind: static, weights: {boundary: 1e2}}, \"relobralo\"]\n  optimizer: {kind: adam, lr: 0x1, decay: ~}") +
            "exclude:\n  - {balancer: relobralo}\ncontrol: *w\n";
        Planner.Plan(Parse(full), SmallCatalog.Instance);
        var pieces = Gen.OneOf(Gen.String[0, 4], Gen.OneOf("\t", "[", "}", "- ", ": ", "&a ", "*a", "!", "|", "> ", "%", "---", "\"", "'", "\0", "\ud800", "1e999", "-"));
        var damage = Gen.Select(Gen.Int[0, full.Length - 1], Gen.Int[0, 12], pieces);

        damage.Array[1, 3].Sample(
            edits =>
            {
                var text = full;
                foreach (var (start, length, insert) in edits)
                {
                    var from = Math.Min(start, text.Length);
                    text = string.Concat(text.AsSpan(0, from), insert, text.AsSpan(Math.Min(text.Length, from + length)));
                }

                try
                {
                    Planner.Plan(Parse(text), SmallCatalog.Instance);
                }
                catch (UserMistakeException mistake)
                {
                    Assert.StartsWith("study.yaml", mistake.Message, StringComparison.Ordinal);
                }
            },
            iter: 2000);
    }

    private static string WithFactor(string factor) => Good.Replace("helmholtz\n", $"helmholtz\n  {factor}\n", StringComparison.Ordinal);

    private static string WithSeeds(string seeds) => Good.Replace("seeds: 2", $"seeds: {seeds}", StringComparison.Ordinal);

    private static string WithBudget(string budget) => Good.Replace("{steps: 100}", budget, StringComparison.Ordinal);

    private static StudySpec Parse(string text) => StudyFile.Parse(text, "study.yaml", SmallCatalog.Instance);

    private static string Message(string text) => Assert.Throws<UserMistakeException>(() => Parse(text)).Message;
}
