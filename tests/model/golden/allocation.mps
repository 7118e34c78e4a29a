NAME        
ROWS
 N  Obj     
 E  block_total_I
 E  block_total_II
 E  cap_I   
 E  cap_II  
 G  coverage_110000
 G  coverage_120000
 G  coverage_130000
 E  entitled_110000
 E  entitled_120000
 E  entitled_130000
 L  equity_above_110000
 L  equity_above_120000
 L  equity_above_130000
 G  equity_below_110000
 G  equity_below_120000
 G  equity_below_130000
 G  floor_110000
 G  floor_120000
 G  floor_130000
 L  ceiling_110000
 L  ceiling_120000
 L  ceiling_130000
 L  purchase_limit_110000
 L  purchase_limit_120000
 L  purchase_limit_130000
 E  market_national
 G  rule_at_least_first
 L  rule_at_most_1
COLUMNS
    quota_110000  block_total_I  -1
    quota_110000  coverage_110000  1
    quota_110000  equity_above_110000  1
    quota_110000  equity_below_110000  1
    quota_110000  floor_110000  1
    quota_110000  ceiling_110000  1
    quota_110000  rule_at_least_first  0.875
    quota_110000  rule_at_most_1  1
    quota_120000  block_total_I  -1
    quota_120000  coverage_120000  1
    quota_120000  equity_above_120000  1
    quota_120000  equity_below_120000  1
    quota_120000  floor_120000  1
    quota_120000  ceiling_120000  1
    quota_120000  rule_at_least_first  -0.125
    quota_130000  block_total_II  -1
    quota_130000  coverage_130000  1
    quota_130000  equity_above_130000  1
    quota_130000  equity_below_130000  1
    quota_130000  floor_130000  1
    quota_130000  ceiling_130000  1
    quota_130000  rule_at_least_first  -0.125
    quota_130000  rule_at_most_1  2
    block_quota_I  block_total_I  1
    block_quota_I  cap_I     1
    block_quota_I  entitled_110000  -0.25
    block_quota_I  entitled_120000  -0.75
    block_quota_II  block_total_II  1
    block_quota_II  cap_II    1
    block_quota_II  entitled_130000  -1
    entitlement_110000  entitled_110000  1
    entitlement_110000  equity_above_110000  -1.25
    entitlement_110000  equity_below_110000  -0.75
    entitlement_120000  entitled_120000  1
    entitlement_120000  equity_above_120000  -1.25
    entitlement_120000  equity_below_120000  -0.75
    entitlement_130000  entitled_130000  1
    entitlement_130000  equity_above_130000  -1.25
    entitlement_130000  equity_below_130000  -0.75
    abatement_110000_1  Obj       10
    abatement_110000_1  coverage_110000  1
    abatement_110000_2  Obj       30
    abatement_110000_2  coverage_110000  1
    abatement_120000_1  Obj       20
    abatement_120000_1  coverage_120000  1
    abatement_120000_2  Obj       60
    abatement_120000_2  coverage_120000  1
    abatement_130000_1  Obj       30
    abatement_130000_1  coverage_130000  1
    abatement_130000_2  Obj       90
    abatement_130000_2  coverage_130000  1
    purchase_110000  Obj       0.0001
    purchase_110000  coverage_110000  1
    purchase_110000  purchase_limit_110000  1
    purchase_110000  market_national  1
    purchase_120000  Obj       0.0001
    purchase_120000  coverage_120000  1
    purchase_120000  purchase_limit_120000  1
    purchase_120000  market_national  1
    purchase_130000  Obj       0.0001
    purchase_130000  coverage_130000  1
    purchase_130000  purchase_limit_130000  1
    purchase_130000  market_national  1
    sale_110000  coverage_110000  -1
    sale_110000  market_national  -1
    sale_120000  coverage_120000  -1
    sale_120000  market_national  -1
    sale_130000  coverage_130000  -1
    sale_130000  market_national  -1
    uncovered_110000  Obj       1000
    uncovered_110000  coverage_110000  1
    uncovered_120000  Obj       1000
    uncovered_120000  coverage_120000  1
    uncovered_130000  Obj       1000
    uncovered_130000  coverage_130000  1
RHS
    RHS_V     cap_I     26
    RHS_V     cap_II    28
    RHS_V     coverage_110000  10
    RHS_V     coverage_120000  20
    RHS_V     coverage_130000  30
    RHS_V     floor_110000  3
    RHS_V     floor_120000  6
    RHS_V     floor_130000  9
    RHS_V     ceiling_110000  50
    RHS_V     ceiling_120000  60
    RHS_V     ceiling_130000  70
    RHS_V     purchase_limit_110000  5
    RHS_V     purchase_limit_120000  10
    RHS_V     purchase_limit_130000  15
    RHS_V     rule_at_most_1  65
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_120000
 FR BOUND     quota_130000
 FR BOUND     block_quota_I
 FR BOUND     block_quota_II
 FR BOUND     entitlement_110000
 FR BOUND     entitlement_120000
 FR BOUND     entitlement_130000
 UP BOUND     abatement_110000_1  2
 UP BOUND     abatement_110000_2  4
 UP BOUND     abatement_120000_1  2
 UP BOUND     abatement_120000_2  4
 UP BOUND     abatement_130000_1  2
 UP BOUND     abatement_130000_2  4
ENDATA
