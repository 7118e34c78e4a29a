NAME        
ROWS
 N  NoObj   
 E  block_total_I
 E  block_total_II
COLUMNS
    quota_110000  block_total_I  -1
    quota_120000  block_total_I  -1
    quota_130000  block_total_II  -1
    block_quota_I  block_total_I  1
    block_quota_II  block_total_II  1
RHS
BOUNDS
 FR BOUND     quota_110000
 FR BOUND     quota_120000
 FR BOUND     quota_130000
 FR BOUND     block_quota_I
 FR BOUND     block_quota_II
ENDATA
