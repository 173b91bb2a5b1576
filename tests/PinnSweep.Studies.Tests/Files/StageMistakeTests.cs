using PinnSweep.Studies.Files;
using PinnSweep.Studies.Mistakes;

namespace PinnSweep.Studies.Tests.Files;

/// <summary>What a user reads after each mistake in ranges, <c>design</c>, <c>tune</c> and <c>replicate</c>, word by word.</summary>
public sealed class StageMistakeTests
{
    private const string Tune = "tune: {trials: 4}";
    private const string Design = "design: {kind: sobol, count: 4}";
    private const string Lr = "optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}}";
    private const string Usual = "sampler: uniform";

    /// <summary>A line of factors (line 6), the lines after the budget (from line 8), the message.</summary>
    public static TheoryData<string, string, string> Mistakes { get; } = new()
    {
        { "optimizer: {kind: adam, lr: {log: [0, 1e-2]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: a logarithmic range begins above 0; found '0'; for a range from 0 use {linear: [...]}" },
        { "optimizer: {kind: adam, lr: {log: [-1, 1e-2]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: a logarithmic range begins above 0; found '-1'; for a range from 0 use {linear: [...]}" },
        { "optimizer: {kind: adam, lr: {linear: [-1, 1e-2]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: expected a number above 0; found '-1'" },
        { "optimizer: {kind: fixed-step, step: {linear: [0.5, 2]}}", Tune, "study.yaml:6: factors.optimizer[fixed-step].step: expected a number above 0 and at most 1; found '2'" },
        { "optimizer: {kind: adam, lr: {log: [1e-2, 1e-4]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: expected {log: [LOW, HIGH]} with two numbers, the lower one first; found [1e-2, 1e-4]" },
        { "optimizer: {kind: adam, lr: {log: [1e-2, 1e-2]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: expected {log: [LOW, HIGH]} with two numbers, the lower one first; found [1e-2, 1e-2]" },
        { "optimizer: {kind: adam, lr: {log: [1e-4, 1e-3, 1e-2]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: expected {log: [LOW, HIGH]} with two numbers, the lower one first; found [1e-4, 1e-3, 1e-2]" },
        { "optimizer: {kind: adam, lr: {log: [low, 1e-2]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: expected {log: [LOW, HIGH]} with two numbers, the lower one first; found [low, 1e-2]" },
        { "optimizer: {kind: adam, lr: {log: 3}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: expected {log: [LOW, HIGH]}; found '3' in place of the list" },
        { "optimizer: {kind: adam, lr: {logg: [1e-4, 1e-2]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: unknown range 'logg'; nearest 'log'; allowed: values, log, linear, integer" },
        { "optimizer: {kind: adam, lr: {log: [1e-4, .inf]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: expected {log: [LOW, HIGH]} with two numbers, the lower one first; found [1e-4, .inf]" },
        { "sampler: {kind: uniform, interior: {integer: [100, 1000.5]}}", Tune, "study.yaml:6: factors.sampler[uniform].interior: a range of whole numbers has whole bounds; found [100, 1000.5]" },
        { "sampler: {kind: uniform, interior: {linear: [100, 1000]}}", Tune, "study.yaml:6: factors.sampler[uniform].interior: takes whole numbers; use {integer: [100, 1000]}" },
        { "sampler: {kind: uniform, interior: {log: [100, 1000]}}", Tune, "study.yaml:6: factors.sampler[uniform].interior: takes whole numbers; use {integer: [100, 1000]}" },
        { "sampler: {kind: uniform, interior: {integer: [0, 1000]}}", Tune, "study.yaml:6: factors.sampler[uniform].interior: expected a whole number of at least 1; found '0'" },
        { "network: {kind: mlp, hidden: {width: {integer: [8, 5000]}, depth: 3}}", Tune, "study.yaml:6: factors.network[mlp].hidden.width: expected a whole number from 1 to 4096; found '5000'" },
        { "network: {kind: mlp, hidden: {width: {integer: [8, 64]}, depht: 3}}", Tune, "study.yaml:6: factors.network[mlp].hidden: unknown key 'depht'; nearest 'depth'; allowed: width, depth" },
        { "network: {kind: mlp, activation: {linear: [0, 1]}}", Tune, "study.yaml:6: factors.network[mlp].activation: a range (linear) is one of numbers; write {values: [...]} with what it may be" },
        { "network: {kind: mlp, activation: {values: [tanh, sine]}}", Tune, "study.yaml:6: factors.network[mlp].activation: expected one of tanh, sin; found 'sine'; nearest 'sin'" },
        { "network: {kind: mlp, activation: [tanh, sine]}", "", "study.yaml:6: factors.network[mlp].activation: expected one of tanh, sin; found 'sine'; nearest 'sin'" },
        { Lr, "", "study.yaml:6: factors.optimizer[adam].lr: a range (log) needs somebody who chooses from it; add `design: {kind: sobol, count: 20}` or `tune:`, or write {values: [...]}" },
        { "optimizer: {kind: adam, lr: {values: []}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: an empty list of values; give at least one" },
        { "optimizer: {kind: adam, lr: {values: [1e-3, 0.001]}}", Tune, "study.yaml:6: factors.optimizer[adam].lr: '0.001' stands twice" },
        { "optimizer: {kind: adam, lr: [1e-3, 0.001]}", "", "study.yaml:6: factors.optimizer[adam].lr: '0.001' stands twice" },
        { "optimizer: {kind: adam, lr: [1e-3, 1e-2], label: quick}", "", "study.yaml:6: factors.optimizer.label: names one level, and the lists of values make 2; leave it out, and each is called by its values" },
        { "optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}, label: quick}", Design, "study.yaml:6: factors.optimizer.label: names one level, and the design makes several of its ranges; leave it out, and each is called by its values" },
        { "optimizer: {kind: adam, lr: [1e-3, 1e-2], decay: [null, {every: 5}, {every: 7}], zip: [lr, decay]}", "", "study.yaml:6: factors.optimizer.zip: decay has 3 values and lr has 2; what goes together has equally many" },
        { "optimizer: {kind: adam, lr: [1e-3, 1e-2], zip: [lr]}", "", "study.yaml:6: factors.optimizer.zip: expected at least two parameters whose values go together" },
        { "optimizer: {kind: adam, lr: [1e-3, 1e-2], zip: [lr, dekay]}", "", "study.yaml:6: factors.optimizer.zip: 'dekay' has no list of values here; allowed: lr" },
        { "optimizer: {kind: adam, lr: [1e-3, 1e-2], zip: {lr: [1, 2], decay: [null, null]}}", "", "study.yaml:6: factors.optimizer.zip: parameter 'lr' stands here and in the level; leave one out" },
        { "optimizer: {kind: adam, zip: 3}", "", "study.yaml:6: factors.optimizer.zip: expected names of parameters whose values go together, for instance [lr, decay], or a map from them to their values; found '3'" },
        { "optimizer: [{kind: adam, lr: {log: [1e-4, 1e-2]}}, adam]", Tune, "study.yaml:6: factors.optimizer: level 'adam' is the same as the one at study.yaml:6 once defaults are filled in" },
        { "optimizer: {kind: adam, lr: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40], decay: {every: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30]}}", "", "study.yaml:6: factors.optimizer: its lists of values make 1,200 levels; at most 1,000" },
        { "network: {kind: mlp, hidden: {log: [8, 64]}}", Tune, "study.yaml:6: factors.network[mlp].hidden: a range (log) is one of numbers; write {values: [...]} with what it may be" },
        { "sampler: {kind: uniform, resample: {value: [true]}}", Tune, "study.yaml:6: factors.sampler[uniform].resample: unknown range 'value'; nearest 'values'; allowed: values" },
        { Lr, "design: {kind: soboll, count: 4}", "study.yaml:8: design.kind: expected one of grid, random, lhs, sobol, halton; found 'soboll'; nearest 'sobol'" },
        { Lr, "design: {kind: tpe, count: 4}", "study.yaml:8: design.kind: expected one of grid, random, lhs, sobol, halton; found 'tpe'" },
        { Lr, "design: {kind: sobol}", "study.yaml:8: design: missing 'count'; expected how many points" },
        { Lr, "design: {kind: sobol, count: 0}", "study.yaml:8: design.count: expected a whole number from 1 to 1000; found '0'" },
        { Lr, "design: {count: 4}", "study.yaml:8: design: missing 'kind'; expected one of grid, random, lhs, sobol, halton" },
        { Lr, "design: {kind: sobol, count: 4, sed: 3}", "study.yaml:8: design: unknown key 'sed'; nearest 'seed'; allowed: kind, count, seed" },
        { Lr, "design: sobol", "study.yaml:8: design: expected a map, for instance {kind: sobol, count: 20}; found 'sobol'" },
        { Lr, "design: {kind: grid, count: 1}", "study.yaml:8: design.kind: the smallest grid, of all values and the bounds of each range, has 2 points, more than the 1 asked for; ask for that many, vary less, or use random, lhs, sobol or halton" },
        { Lr, "design: {kind: sobol, count: 4}\ntune: {trials: 4}", "study.yaml:8: design: stands beside tune (study.yaml:9), which has a design of its own (tune.design); leave one out" },
        { Usual, "design: {kind: sobol, count: 4}", "study.yaml:8: design.kind: no level has a range to choose from; write for instance lr: {log: [1e-4, 1e-2]} in a level, or leave the design out" },
        { Lr, "design: {kind: sobol, count: 4}\ncontrol: {optimizer: adam}", "study.yaml:9: control: optimizer 'adam' has ranges, so that the design puts other levels in its place; name a level without ranges, or write its defaults as a level of its own" },
        { Lr, "design: {kind: sobol, count: 4}\nreplicate: {looks: [5, 10]}\ncontrol: static\nexclude: {balancer: relobralo}", "study.yaml:9: replicate.until: nothing to decide: no two cells differ in their balancer alone and have the control among them" },
        { "optimizer: [{kind: adam, lr: {linear: [1, 2]}}, {kind: adam, decay: {every: 5}, lr: {linear: [3, 4]}}]", "design: {kind: random, count: 1000}", "study.yaml:8: design.count: its points make 2,000 levels of optimizer; a factor has at most 1,000, because each is compared with every other" },
        { Lr, "tune: 20", "study.yaml:8: tune: expected a map, for instance {each: [problem, balancer], design: sobol, trials: 20, seeds: {from: 100001, count: 2}}; found '20'" },
        { Lr, "tune: {}", "study.yaml:8: tune: the purse of each search: expected trials: N or seconds: T; found neither" },
        { Lr, "tune: {trials: 0}", "study.yaml:8: tune.trials: expected a whole number from 1 to 100000; found '0'" },
        { Lr, "tune: {seconds: 0}", "study.yaml:8: tune.seconds: expected a number above 0 and at most 1000000000; found '0'" },
        { Lr, "tune: {trials: 4, seconds: 60}", "study.yaml:8: tune.seconds: the purse of each search: expected trials: N or seconds: T; found both" },
        { Lr, "tune: {trials: 4, desing: sobol}", "study.yaml:8: tune: unknown key 'desing'; nearest 'design'; allowed: each, design, trials, seconds, first, seeds, by, rungs, generation, seed" },
        { Lr, "tune: {trials: 4, design: sobl}", "study.yaml:8: tune.design: expected one of grid, random, lhs, sobol, halton, tpe, external; found 'sobl'; nearest 'sobol'" },
        { Lr, "tune: {seconds: 60, design: lhs}", "study.yaml:8: tune.design: lhs is laid out for a number of points, and how many the seconds are enough for nobody knows; use sobol, halton, random or tpe, or a purse of trials" },
        { Lr, "tune: {trials: 4, each: [problem, balancr]}", "study.yaml:8: tune.each: expected factors, for instance [problem, balancer]; found 'balancr'; nearest 'balancer'; allowed: problem, network, balancer, sampler, optimizer, time, precision" },
        { Lr, "tune: {trials: 4, each: [problem, problem]}", "study.yaml:8: tune.each: 'problem' stands twice" },
        { Lr, "tune: {trials: 4, first: default}", "study.yaml:8: tune.first: expected one of defaults, none; found 'default'; nearest 'defaults'" },
        { Lr, "tune: {trials: 4, by: residual}", "study.yaml:8: tune.by: expected one of relative_l2, max_error, mse, residual_l2; found 'residual'; nearest 'residual_l2'" },
        { Lr, "tune: {trials: 4, generation: 4}", "study.yaml:8: tune.generation: only tpe, and a purse of seconds, propose a few at a time; sobol proposes all at once" },
        { Lr, "tune: {trials: 4, seeds: 3}", "study.yaml:8: tune.seeds: expected {from: 100001, count: 2} or a list of seeds; found '3'" },
        { Lr, "tune: {trials: 4, seeds: {from: 2}}", "study.yaml:8: tune.seeds: seed 2 is of the evaluation too, which tells nothing then of what was chosen by it; use others, for instance {from: 100001, count: 1}" },
        { Lr, "tune: {trials: 4, seeds: [1, 2]}", "study.yaml:8: tune.seeds: seed 1 and 1 more are of the evaluation too, which tells nothing then of what was chosen by them; use others, for instance {from: 100001, count: 2}" },
        { Lr, "tune: {trials: 4, seeds: {from: 38, count: 5}}\nreplicate: {looks: [5, 40]}", "study.yaml:8: tune.seeds: seed 38 and 2 more are of the evaluation too, which tells nothing then of what was chosen by them; use others, for instance {from: 100001, count: 5}" },
        { Lr, "tune: {trials: 4, seeds: {form: 2}}", "study.yaml:8: tune.seeds: unknown key 'form'; nearest 'from'; allowed: from, count" },
        { Lr, "tune: {trials: 4, seeds: {from: 200, count: 0}}", "study.yaml:8: tune.seeds.count: expected a whole number from 1 to 1000; found '0'" },
        { Lr, "tune: {trials: 4, seeds: {from: 1.5}}", "study.yaml:8: tune.seeds.from: expected a whole number" },
        { Usual, "tune: {trials: 4}", "study.yaml:8: tune: nothing to tune: no level has a range; write for instance lr: {log: [1e-4, 1e-2]} in a level" },
        { "optimizer: {kind: fixed-step, step: {log: [0.01, 1]}}", Tune, "study.yaml:6: tune: the first proposal of each search is the catalog's default, and parameter 'step' of 'fixed-step' has none; write first: none" },
        { Lr, "tune: {trials: 2, design: grid}\nexclude: []", "study.yaml:8: tune.design: the smallest grid, of all values and the bounds of each range, has 2 points, more than the 1 asked for; ask for that many, vary less, or use random, lhs, sobol, halton or tpe; the default is one more" },
        { Lr, "tune: {trials: 4}\ncontrol: {optimizer: adam}", "study.yaml:9: control: names a level of optimizer, which each search chooses; write tune.each: [problem, balancer, optimizer], or name a level of another factor" },
        { "optimizer: {kind: adam, lr: {log: [1e-4, 1e-2]}}\n  network: [mlp, {kind: mlp, activation: sin}]\n  sampler: [uniform, {kind: uniform, resample: true}]", "tune: {trials: 4}\nexclude: {sampler: {resample: true}, network: {activation: sin}}", "study.yaml:10: tune.each: a search chooses its network and sampler freely, and 'mlp' with 'uniform' is left out (excluded: network any {\"activation\":\"sin\"}, sampler any {\"resample\":true}); write each: [problem, network, balancer, sampler]" },
        { Lr, "tune: {trials: 100000, seeds: {count: 1000}}", "study.yaml:8: tune.trials: 2 searches of 100,000 proposals with 1,000 seeds, and their evaluation, may make 200,000,008 trials; at most 1,000,000 are planned in one study" },
        { Lr, "tune: {trials: 4, rungs: [10, 20]}", "study.yaml:8: tune.rungs: expected {steps: [1000, 4000, 16000], keep: 1/4}; found a list" },
        { Lr, "tune: {trials: 4, rungs: {keep: 1/4}}", "study.yaml:8: tune.rungs: missing 'steps'; expected the steps at the end of each rung, for instance [1000, 4000, 16000]" },
        { Lr, "tune: {trials: 4, rungs: {steps: [20, 10]}}", "study.yaml:8: tune.rungs.steps: expected at least 2 whole numbers from 1 on that grow, for instance [1000, 4000, 16000]; found [20, 10]" },
        { Lr, "tune: {trials: 4, rungs: {steps: [20]}}", "study.yaml:8: tune.rungs.steps: expected at least 2 whole numbers from 1 on that grow, for instance [1000, 4000, 16000]; found [20]" },
        { Lr, "tune: {trials: 4, rungs: {steps: [20, 200]}}", "study.yaml:8: tune.rungs: end at 200 steps, beyond the budget of 100" },
        { Lr, "tune: {trials: 4, rungs: {steps: [20, 50], keep: 0}}", "study.yaml:8: tune.rungs.keep: expected a share between 0 and 1, for instance 1/4; found '0'" },
        { Lr, "tune: {trials: 4, rungs: {steps: [20, 50], keep: 1}}", "study.yaml:8: tune.rungs.keep: expected a share between 0 and 1, for instance 1/4; found '1'" },
        { Lr, "tune: {trials: 4, rungs: {steps: [20, 50], keep: 2}}", "study.yaml:8: tune.rungs.keep: expected a share between 0 and 1, for instance 1/4; found '2'" },
        { Lr, "tune: {trials: 4, rungs: {steps: [20, 50], keep: 1/0}}", "study.yaml:8: tune.rungs.keep: expected a share between 0 and 1, for instance 1/4; found '1/0'" },
        { Lr, "tune: {trials: 4, rungs: {steps: [20, 50], kep: 1/2}}", "study.yaml:8: tune.rungs: unknown key 'kep'; nearest 'keep'; allowed: steps, keep" },
        { Lr, "tune: {trials: 40, design: tpe, rungs: {steps: [20, 50]}}", "study.yaml:8: tune.rungs: do not go with design tpe, which learns from trials of one length; use sobol, lhs, random, halton or grid" },
        { Lr, "tune: {trials: 40, design: external, rungs: {steps: [20, 50]}}", "study.yaml:8: tune.rungs: do not go with design external; whoever proposes decides there how long to train" },
        { Lr, "tune: {seconds: 40, rungs: {steps: [20, 50]}}", "study.yaml:8: tune.rungs: need a purse of trials; with seconds nobody knows how many begin" },
        { Lr, "replicate: 5", "study.yaml:6: factors.optimizer[adam].lr: a range (log) needs somebody who chooses from it; add `design: {kind: sobol, count: 20}` or `tune:`, or write {values: [...]}\nstudy.yaml:8: replicate: expected a map, for instance {until: decided, looks: [5, 10, 20, 40]}; found '5'" },
        { Usual, "replicate: {}", "study.yaml:8: replicate: missing 'looks'; expected the seeds a cell at each look, for instance [5, 10, 20, 40]" },
        { Usual, "replicate: {looks: [5, 5]}", "study.yaml:8: replicate.looks: expected whole numbers from 3 on that grow, for instance [5, 10, 20, 40]; found [5, 5]" },
        { Usual, "replicate: {looks: [10, 5]}", "study.yaml:8: replicate.looks: expected whole numbers from 3 on that grow, for instance [5, 10, 20, 40]; found [10, 5]" },
        { Usual, "replicate: {looks: [2, 5]}", "study.yaml:8: replicate.looks: expected whole numbers from 3 on that grow, for instance [5, 10, 20, 40]; found [2, 5]" },
        { Usual, "replicate: {looks: 5}", "study.yaml:8: replicate.looks: expected whole numbers from 3 on that grow, for instance [5, 10, 20, 40]; found '5'" },
        { Usual, "replicate: {looks: [5, 10], alpha: 0}", "study.yaml:8: replicate.alpha: expected a number above 0 and at most 0.5; found '0'" },
        { Usual, "replicate: {looks: [5, 10], alpha: 1}", "study.yaml:8: replicate.alpha: expected a number above 0 and at most 0.5; found '1'" },
        { Usual, "replicate: {looks: [5, 10], spending: obrien}", "study.yaml:8: replicate.spending: expected one of o-brien-fleming, pocock; found 'obrien'" },
        { Usual, "replicate: {looks: [5, 10], equivalence: 1}", "study.yaml:8: replicate.equivalence: expected a factor above 1, for instance 1.5" },
        { Usual, "replicate: {looks: [5, 10], until: done}", "study.yaml:8: replicate.until: expected decided; found 'done'" },
        { Usual, "replicate: {looks: [5, 10], look: 3}", "study.yaml:8: replicate: unknown key 'look'; nearest 'looks'; allowed: until, looks, alpha, spending, equivalence" },
        { Usual, "replicate: {looks: [5, 10]}\nexclude: {balancer: relobralo}", "study.yaml:8: replicate.until: nothing to decide: no two cells differ in their balancer alone" },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_told_with_place_key_and_remedy(string factor, string tail, string expected) =>
        Assert.Equal(expected, Message(Text(factor, tail)));

    [Theory]
    [InlineData("seeds: [1, 2, 3]", "study.yaml:2: seeds: lists 3 seeds and the last look of replicate takes 10; list as many, or give a count")]
    [InlineData("seeds: 30", "study.yaml:2: seeds: 30 seeds, and the last look of replicate takes 10; let the looks end at 30, or give fewer")]
    public void Seeds_that_do_not_go_with_the_looks_are_told(string seeds, string expected) =>
        Assert.Equal(expected, Message(Text(Usual, "replicate: {looks: [5, 10]}").Replace("seeds: 2", seeds, StringComparison.Ordinal)));

    [Fact]
    public void A_study_with_nothing_to_compare_is_not_replicated() => Assert.Equal(
        "study.yaml:8: replicate.until: nothing to decide: no factor beside the problem has two levels to compare",
        Message(Text(Usual, "replicate: {looks: [5, 10]}").Replace("[static, relobralo]", "static", StringComparison.Ordinal)));

    [Fact]
    public void Constants_of_a_problem_are_not_tuned() => Assert.Equal(
        "study.yaml:4: factors.problem: a problem's constants are what is asked, not what is tuned; write them as levels, or use a design",
        Message(Text(Usual, Tune).Replace("problem: helmholtz", "problem: {kind: helmholtz, a1: {linear: [1, 4]}}", StringComparison.Ordinal)));

    [Fact]
    public void Rungs_need_a_budget_of_steps() => Assert.Equal(
        "study.yaml:8: tune.rungs: need a budget of steps; this study's is one of seconds",
        Message(Text(Lr, "tune: {trials: 4, rungs: {steps: [20, 50]}}").Replace("{steps: 100}", "{seconds: 100}", StringComparison.Ordinal)));

    [Fact]
    public void Setting_one_purse_takes_the_place_of_the_other()
    {
        var spec = StudyFile.Parse(Text(Lr, Tune), "study.yaml", SmallCatalog.Instance, [("tune.seconds", "60")]);

        Assert.Equal((null, 60), (spec.Tune!.Trials, spec.Tune.Seconds));
    }

    private static string Message(string text) => Assert.Throws<UserMistakeException>(() => StudyFile.Parse(text, "study.yaml", SmallCatalog.Instance)).Message;

    private static string Text(string factor, string tail) =>
        $"study: s\nseeds: 2\nfactors:\n  problem: helmholtz\n  balancer: [static, relobralo]\n  {factor}\nbudget: {{steps: 100}}\n{tail}\n";
}
